package dev.tiercel.rules.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Finds macros that use themselves through others, which redefinitions and appends can cause.
final class MacroLoops {

    private MacroLoops() {}

    /// Macros in a cycle, or on a path between two cycles.
    ///
    /// @param uses each macro with the macros it uses; all of them are keys
    static Set<String> among(Map<String, Set<String>> uses) {
        Map<String, Set<String>> leading = only(leading(uses), uses);
        return leading(reversed(leading));
    }

    /// Macros from which a cycle is reachable: what is left after repeatedly removing macros that use no other.
    private static Set<String> leading(Map<String, Set<String>> uses) {
        Map<String, Set<String>> users = reversed(uses);
        Map<String, Integer> open = new HashMap<>();
        Deque<String> ends = new ArrayDeque<>();
        uses.forEach((name, used) -> {
            open.put(name, used.size());
            if (used.isEmpty()) {
                ends.add(name);
            }
        });
        Set<String> left = new LinkedHashSet<>(uses.keySet());
        while (!ends.isEmpty()) {
            String end = ends.remove();
            left.remove(end);
            for (String user : users.getOrDefault(end, Set.of())) {
                if (open.merge(user, -1, Integer::sum) == 0) {
                    ends.add(user);
                }
            }
        }
        return left;
    }

    private static Map<String, Set<String>> only(Set<String> names, Map<String, Set<String>> uses) {
        Map<String, Set<String>> restricted = new LinkedHashMap<>();
        for (String name : names) {
            Set<String> used = new LinkedHashSet<>(uses.getOrDefault(name, Set.of()));
            used.retainAll(names);
            restricted.put(name, used);
        }
        return restricted;
    }

    private static Map<String, Set<String>> reversed(Map<String, Set<String>> uses) {
        Map<String, Set<String>> users = new LinkedHashMap<>();
        uses.keySet().forEach(name -> users.put(name, new LinkedHashSet<>()));
        uses.forEach((name, used) -> used.forEach(other ->
                users.computeIfAbsent(other, absent -> new LinkedHashSet<>()).add(name)));
        return users;
    }
}
