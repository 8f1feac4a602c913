package dev.tiercel.enricher.source;

import dev.tiercel.service.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/// Settings of the way onto topics.
///
/// @param instance part of the transactional id: of two processes with the same one, the later stops the earlier
/// @param queueBytes documents that wait or are being written
/// @param duplicates ids that are remembered for each event source
/// @param lookBack how far back the ids of a topic are read at start
public record PublisherConfig(String instance, long queueBytes, int duplicates, Duration lookBack) {
    /// Reads the keys `enricher.instance`, `enricher.queue-bytes` and `enricher.duplicates*`.
    public static PublisherConfig from(Settings settings) {
        String instance = settings.text(
                "enricher.instance",
                "",
                "Name of this process among the enrichers of a cluster (empty: the host's name); a second process with the"
                        + " same name stops the first.");
        long queueBytes = settings.sizeBytes(
                "enricher.queue-bytes",
                32L << 20,
                "Documents that may wait for Kafka; beyond it senders are told to come again.");
        if (queueBytes < 2L << 20 || queueBytes > 1L << 30) {
            settings.problem("enricher.queue-bytes", "must be from 2MiB to 1GiB");
        }
        return new PublisherConfig(
                instance.isEmpty() ? hostname() : instance,
                queueBytes,
                settings.integer(
                        "enricher.duplicates",
                        65_536,
                        0,
                        10_000_000,
                        "Ids of events that are remembered for each source, to recognise what is delivered again."),
                settings.duration(
                        "enricher.duplicates-look-back",
                        Duration.ofMinutes(15),
                        "How far back a start reads the ids of what was published."));
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "enricher";
        }
    }
}
