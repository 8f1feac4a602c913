package dev.tiercel.rules.yaml;

import java.util.ArrayList;
import java.util.List;

/// What rules files ask for.
public final class Requirements {

    private SemanticVersion engine = new SemanticVersion(0, 0, 0);
    private final List<List<Plugin>> plugins = new ArrayList<>();

    /// A plugin and its least version, as written.
    public record Plugin(String name, String version) {}

    void addEngine(SemanticVersion version) {
        engine = engine.compareTo(version) < 0 ? version : engine;
    }

    void addPlugin(List<Plugin> alternatives) {
        plugins.add(List.copyOf(alternatives));
    }

    /// The greatest version of the engine that a file asks for; 0.0.0: none does.
    public String engine() {
        return engine.toString();
    }

    /// Each requirement with its alternatives, the one asked for first.
    public List<List<Plugin>> plugins() {
        return plugins;
    }
}
