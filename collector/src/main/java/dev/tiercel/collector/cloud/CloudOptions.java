package dev.tiercel.collector.cloud;

import dev.tiercel.service.Settings;
import java.net.URI;

/// How the node learns where in a cloud it is.
///
/// @param detection whether the machine's metadata service is asked
/// @param endpoint of that service
/// @param given what settings say; it counts before what the service says
public record CloudOptions(Detection detection, URI endpoint, CloudPlace given) {
    /// The address that AWS, Google Cloud and Azure have in common.
    private static final URI METADATA = URI.create("http://169.254.169.254");

    /// Whether the metadata service is asked.
    public enum Detection {
        /// If the firmware says that this is a machine of a known cloud.
        AUTO,
        OFF
    }

    /// Reads the keys `collector.cloud.*`.
    public static CloudOptions from(Settings settings) {
        return new CloudOptions(
                settings.oneOf(
                        "collector.cloud.detection",
                        Detection.AUTO,
                        "Whether the metadata service is asked, on machines of AWS, Google Cloud and Azure."),
                settings.uri("collector.cloud.endpoint", METADATA, "The metadata service."),
                new CloudPlace(
                        settings.text("collector.cloud.provider", "", "Field cloud.provider; empty: as detected."),
                        settings.text("collector.cloud.region", "", "Field cloud.region; empty: as detected."),
                        settings.text("collector.cloud.zone", "", "Field cloud.zone; empty: as detected."),
                        settings.text("collector.cloud.account", "", "Field cloud.account; empty: as detected."),
                        settings.text(
                                "collector.cloud.instance-id", "", "Field cloud.instance.id; empty: as detected."),
                        settings.text(
                                "collector.cloud.instance-type",
                                "",
                                "Field cloud.instance.type; empty: as detected.")));
    }
}
