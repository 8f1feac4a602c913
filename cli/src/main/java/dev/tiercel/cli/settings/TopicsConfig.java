package dev.tiercel.cli.settings;

import dev.tiercel.service.Settings;
import java.util.HashMap;
import java.util.Map;

/// Whether and how `collect` and `detect` create missing topics.
///
/// @param replication replicas of a topic that is created; 0: the cluster's default
public record TopicsConfig(boolean create, int replication) {
    private static final String TIMEOUT_MILLIS = "20000";

    /// Settings of an administrator's client, which gives up after 20 seconds unless `kafka` says otherwise.
    ///
    /// @param kafka settings of the Kafka clients
    public static Map<String, Object> client(Map<String, String> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putIfAbsent("default.api.timeout.ms", TIMEOUT_MILLIS);
        settings.putIfAbsent("request.timeout.ms", "10000");
        return Map.copyOf(settings);
    }

    /// Reads the `topics.*` keys.
    public static TopicsConfig from(Settings settings) {
        return new TopicsConfig(
                settings.flag(
                        "topics.create",
                        true,
                        "Create topics that are missing, at start or later; if false, they are an error."),
                settings.integer(
                        "topics.replication",
                        0,
                        0,
                        100,
                        "Replicas of a topic that is created; 0: the cluster's default."));
    }
}
