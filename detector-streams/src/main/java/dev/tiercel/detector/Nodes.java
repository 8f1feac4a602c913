package dev.tiercel.detector;

import dev.tiercel.schemas.avro.NodeContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Where in a cloud each node is, by its name. Of more than 200,000 nodes those that come last are unknown.
/// Thread-safe.
final class Nodes {
    private static final int MOST = 200_000;

    private final Map<String, NodeContext> byName = new ConcurrentHashMap<>();

    /// What is known of a node; null: nothing.
    @Nullable
    NodeContext node(String name) {
        return byName.get(name);
    }

    /// @param context null: nothing is known any more
    void put(String name, @Nullable NodeContext context) {
        if (context == null) {
            byName.remove(name);
        } else if (byName.size() < MOST || byName.containsKey(name)) {
            byName.put(name, context);
        }
    }
}
