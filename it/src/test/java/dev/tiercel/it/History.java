package dev.tiercel.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Lines of a log that begins long before now, from a text in `histories/`. A log is a directory that a source reads.
final class History {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LINE = Pattern.compile("(\\d+)([smhd])(?: x(\\d+) every (\\d+)([smhd]))? (\\{.*)");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

    private final Path log;
    private final String wrapped;
    private final JsonNode base;
    private final List<String> lines;

    /// @param wrapped what holds all events of a file, `%s` standing for them, separated by commas; empty: lines do
    History(String name, String wrapped, Path directory) throws IOException {
        List<String> text =
                Files.readAllLines(Machine.root("it/src/test/resources/histories/" + name + ".txt")).stream()
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .toList();
        this.wrapped = wrapped;
        log = Files.createDirectories(directory.resolve(name));
        base = JSON.readTree(text.getFirst().substring("base ".length()));
        lines = text.subList(1, text.size());
    }

    private record Event(Instant time, String json) {}

    Path log() {
        return log;
    }

    /// Writes all of it, in the order of time.
    void write() {
        Instant now = Instant.now();
        List<Event> events = new ArrayList<>();
        for (String line : lines) {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) throw new IllegalStateException(line);
            int times = parts.group(3) == null ? 1 : Integer.parseInt(parts.group(3));
            Duration every = times == 1 ? Duration.ZERO : duration(parts.group(4), parts.group(5));
            Instant first = now.minus(duration(parts.group(1), parts.group(2)));
            for (int n = 1; n <= times; n++) {
                events.add(event(
                        first.plus(every.multipliedBy(n - 1)), parts.group(6).replace("$n", "" + n)));
            }
        }
        events.sort(Comparator.comparing(Event::time));
        write(events);
    }

    private static Duration duration(String number, String unit) {
        return Duration.of(Long.parseLong(number), UNITS.get(unit));
    }

    /// Writes an event of this time.
    void write(Instant time, String differences) {
        write(List.of(event(time, differences)));
    }

    private Event event(Instant time, String differences) {
        try {
            String json = merged(base.deepCopy(), JSON.readTree(differences)).toString();
            return new Event(
                    time,
                    json.replace("$id", UUID.randomUUID().toString())
                            .replace(
                                    "$time", time.truncatedTo(ChronoUnit.MILLIS).toString())
                            .replace(
                                    "$second",
                                    time.truncatedTo(ChronoUnit.SECONDS).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(differences, e);
        }
    }

    private static JsonNode merged(JsonNode whole, JsonNode differences) {
        if (!(whole instanceof ObjectNode object) || !differences.isObject()) return differences;
        differences.properties().forEach(difference -> {
            JsonNode before = object.path(difference.getKey());
            object.set(difference.getKey(), merged(before, difference.getValue()));
        });
        return object;
    }

    private void write(List<Event> events) {
        String separator = wrapped.isEmpty() ? "\n" : ",";
        String text = events.stream().map(Event::json).collect(Collectors.joining(separator));
        try {
            Path file = log.resolve(UUID.randomUUID() + ".json");
            Path unfinished = Files.writeString(log.resolve(file.getFileName() + ".tmp"), framed(text));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String framed(String text) {
        return wrapped.isEmpty() ? text + "\n" : wrapped.formatted(text);
    }
}
