package dev.tiercel.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Reads `attacks.txt`.
final class Attacks {
    private Attacks() {}

    static List<Attack> all() {
        try {
            String text = Files.readString(Machine.root("it/src/test/resources/attacks.txt"));
            List<Attack> attacks = new ArrayList<>();
            for (String stanza : text.split("\n\n", -1)) {
                List<String> lines =
                        stanza.lines().filter(line -> !line.startsWith("#")).toList();
                if (!lines.isEmpty()) {
                    attacks.add(attack(lines));
                }
            }
            return attacks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Attack attack(List<String> lines) {
        String rule = lines.get(0).substring("rule: ".length());
        int colon = lines.get(1).indexOf(": ");
        List<String> place = List.of(lines.get(1).substring(0, colon).split(" ", -1));
        String line = lines.get(1).substring(colon + 2);
        String[] fields = lines.stream()
                .skip(2)
                .flatMap(field -> List.of(field.strip().split("=", 2)).stream())
                .toArray(String[]::new);
        return place.getFirst().equals("host")
                ? Attack.onHost(rule, line, fields)
                : Attack.inContainer(rule, place.get(1), place.subList(2, place.size()), line, fields);
    }
}
