package dev.tiercel.rules.match;

import dev.tiercel.schemas.RawText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Path prefixes by component, for `pmatch`: contains every path at or below one of them. A component may be a glob.
final class PathTrie {

    private final List<Edge> edges = new ArrayList<>();
    private final Map<String, PathTrie> children = new HashMap<>(2);
    private boolean end;

    private record Edge(String component, Globs glob, boolean literal, PathTrie child) {}

    private PathTrie() {}

    static PathTrie of(Collection<String> paths) {
        PathTrie root = new PathTrie();
        for (String path : paths) {
            PathTrie node = root;
            for (String component : path.split("/", -1)) {
                node = component.isEmpty() ? node : node.childOrNew(component);
            }
            node.end = true;
        }
        return root;
    }

    private PathTrie childOrNew(String component) {
        PathTrie existing = children.get(component);
        if (existing != null) {
            return existing;
        }
        PathTrie child = new PathTrie();
        children.put(component, child);
        edges.add(new Edge(component, Globs.of(component, false), !Globs.isGlob(component), child));
        return child;
    }

    /// Whether `path` is at or below a path of the trie.
    boolean contains(String path) {
        return contains(path, 0);
    }

    private boolean contains(String path, int from) {
        if (end) {
            return true;
        }
        int start = from;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        if (start == path.length()) {
            return false;
        }
        int slash = path.indexOf('/', start);
        int stop = slash < 0 ? path.length() : slash;
        for (int i = 0; i < edges.size(); i++) { // an iterator is an object, until C2 has compiled this
            Edge edge = edges.get(i);
            boolean matches = edge.literal
                    ? edge.component.length() == stop - start && path.startsWith(edge.component, start)
                    : edge.glob.matches(path, RawText.position(start), RawText.position(stop));
            if (matches && edge.child.contains(path, stop)) {
                return true;
            }
        }
        return false;
    }
}
