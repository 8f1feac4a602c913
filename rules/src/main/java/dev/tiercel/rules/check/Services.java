package dev.tiercel.rules.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names of services and their ports, from the resource `services.txt`.
final class Services {

    private static final Map<String, Integer> PORTS = read();

    private Services() {}

    /// The port of the service called `name`; null: there is none.
    static @Nullable Integer port(String name) {
        return PORTS.get(name);
    }

    private static Map<String, Integer> read() {
        Map<String, Integer> ports = new HashMap<>();
        ResourceLines.of("services.txt").forEach(line -> add(line, ports));
        return ports;
    }

    private static void add(String line, Map<String, Integer> ports) {
        List<String> words = List.of(line.split(" ", -1));
        words.subList(1, words.size()).forEach(name -> ports.put(name, Integer.valueOf(words.getFirst())));
    }
}
