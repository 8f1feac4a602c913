package dev.tiercel.rules.check;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// Finds macros that use themselves through others, which redefining and appending can bring about.
final class MacroLoops {

    private MacroLoops() {}

    /// Macros in a loop, or between two.
    ///
    /// @param uses each macro with those that it uses, all of them keys
    static Set<String> among(Map<String, Set<String>> uses) {
        Map<String, Set<String>> leading = only(leading(uses), uses);
        return leading(reversed(leading));
    }

    /// Those from which one comes to a loop: what is left when ends, and what has become one by that, are taken away.
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
