package dev.tiercel.rules.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Names of event types that rules may use although no sensor
/// event has them: other system calls, events of plugins, entries of Falco's table that never occur.
final class OtherEvents {

    /// As in the resource `other-events.txt`, one a line.
    static final Set<String> NAMES = names();

    private OtherEvents() {}

    private static Set<String> names() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(OtherEvents.class.getResourceAsStream("other-events.txt")),
                StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource other-events.txt", e);
        }
    }
}
