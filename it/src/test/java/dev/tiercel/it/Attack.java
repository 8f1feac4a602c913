package dev.tiercel.it;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A suspicious action and the alert it must raise.
///
/// @param rule default rule that must match
/// @param container name of the container it runs in; empty: the host
/// @param options to `docker run`
/// @param line shell command that performs it; `$act` is the program of `act.c`
/// @param fields of the alert, each a regular expression for the whole value
record Attack(String rule, String container, List<String> options, String line, Map<String, String> fields) {

    /// On the host, as root, started by the `bash` of [Actor#onHost].
    static Attack onHost(String rule, String line, String... fields) {
        return new Attack(rule, "", List.of(), line, pairs(fields, "container.id", "host", "user.uid", "\\d+"));
    }

    /// In a container of [Actor]'s image.
    static Attack inContainer(String rule, String name, List<String> options, String line, String... fields) {
        return new Attack(
                rule,
                name,
                options,
                line,
                pairs(
                        fields,
                        "container.id",
                        "[0-9a-f]{12}",
                        "container.name",
                        name,
                        "container.image.repository",
                        Actor.IMAGE_NAME,
                        "user.name",
                        "root"));
    }

    boolean isOnHost() {
        return container.isEmpty();
    }

    boolean fits(AlertLog.Seen alert) {
        return alert.rule().equals(rule)
                && fields.entrySet().stream()
                        .allMatch(field -> alert.field(field.getKey()).matches(field.getValue()));
    }

    @Override
    public String toString() {
        return rule + (isOnHost() ? "" : ", in a container") + ": " + line;
    }

    private static Map<String, String> pairs(String[] fields, String... more) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String[] list : List.of(more, fields)) {
            for (int i = 0; i < list.length; i += 2) {
                pairs.put(list[i], list[i + 1]);
            }
        }
        return pairs;
    }
}
