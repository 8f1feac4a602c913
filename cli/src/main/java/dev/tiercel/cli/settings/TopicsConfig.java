package dev.tiercel.cli.settings;

import dev.tiercel.service.Settings;

/// Whether and how `collect` and `detect` create missing topics.
///
/// @param replication replicas of a topic that is created; 0: the cluster's default
public record TopicsConfig(boolean create, int replication) {
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
