package dev.tiercel.rules;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Determines which of Falco's plugins a rule requires.
final class PluginsUsed {

    private static final Map<String, String> BY_SOURCE = Map.of(
            "k8s_audit", "k8saudit",
            "aws_cloudtrail", "cloudtrail",
            "gcp_auditlog", "gcpaudit",
            "github", "github",
            "okta", "okta");
    private static final Map<String, String> BY_FIELD = Map.of(
            "ka", "k8saudit",
            "ct", "cloudtrail",
            "gcp", "gcpaudit",
            "github", "github",
            "okta", "okta",
            "json", "json",
            "jevt", "json",
            "container", "container",
            "k8s", "container");

    private final Set<String> loaded;

    /// @param loaded available plugins; others are never required
    PluginsUsed(Set<String> loaded) {
        this.loaded = loaded;
    }

    /// Plugins that supply `source` or one of `fields`, sorted.
    Set<String> of(String source, Set<String> fields) {
        Set<String> plugins = new TreeSet<>();
        plugins.add(BY_SOURCE.getOrDefault(source, ""));
        for (String field : fields) {
            int dot = field.indexOf('.');
            plugins.add(BY_FIELD.getOrDefault(dot < 0 ? field : field.substring(0, dot), ""));
        }
        plugins.retainAll(loaded);
        return plugins;
    }
}
