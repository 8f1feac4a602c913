package dev.tiercel.rules.yaml;

import java.util.ArrayList;
import java.util.List;

/// The engine and plugin versions that rules files require.
public final class Requirements {

    private SemanticVersion engine = new SemanticVersion(0, 0, 0);
    private final List<List<Plugin>> plugins = new ArrayList<>();

    /// A plugin and its minimum version, as written.
    public record Plugin(String name, String version) {}

    void addEngine(SemanticVersion version) {
        engine = engine.compareTo(version) < 0 ? version : engine;
    }

    void addPlugin(List<Plugin> alternatives) {
        plugins.add(List.copyOf(alternatives));
    }

    /// The highest engine version that a file requires; 0.0.0: none.
    public String engine() {
        return engine.toString();
    }

    /// Each required plugin followed by its alternatives.
    public List<List<Plugin>> plugins() {
        return plugins;
    }
}
