package dev.tiercel.fields.syscall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.schemas.EventType;
import dev.tiercel.testkit.Shared;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// Holds our forms against those of real captures, decoded by an independent implementation of Falco's fields.
final class CapturesTest {

    private static final Pattern NAMED = Pattern.compile("(\\w+)=(\\d+)\\(([A-Z][A-Z_|0-9]*)\\)");

    /// What the captures' decoder (of 2022) names otherwise than Falco does now.
    private static final Set<String> RENAMED = Set.of("setsockopt.optname", "socket.type", "futex.op");

    @Test
    void flagsAndConstantsHaveTheSameNames() throws IOException {
        List<String> differences = new ArrayList<>();
        int[] compared = new int[1];
        forEachEvent(event -> {
            EventType type = EventType.named(event.path("evt.type").asText()).orElse(null);
            Matcher matcher = NAMED.matcher(event.path("evt.args").asText());
            while (type != null && matcher.find()) {
                String parameter = matcher.group(1);
                ValueTable table = EventValues.of(type, parameter);
                if (table == null || RENAMED.contains(type.eventName() + "." + parameter)) {
                    continue;
                }
                compared[0]++;
                String names = table.names(Long.parseLong(matcher.group(2)));
                if (!names.equals(matcher.group(3))) {
                    differences.add(type + " " + matcher.group() + " not " + names);
                }
            }
        });

        assertThat(differences).isEmpty();
        assertThat(compared[0]).isGreaterThan(1000);
    }

    @Test
    void resultsHaveTheSameNames() throws IOException {
        forEachEvent(event -> {
            if (event.has("evt.rawres") && event.path("evt.rawres").asLong() < 0) {
                assertThat(EventValues.errorName(event.path("evt.rawres").asLong()))
                        .isEqualTo(event.path("evt.res").asText());
            }
        });
    }

    @Test
    void pathsAreSplitTheSameWay() throws IOException {
        forEachEvent(event -> {
            if (event.path("fd.type").asText().equals("file") && event.has("fd.filename")) {
                String name = event.path("fd.name").asText();
                assertThat(Paths.directory(name))
                        .as(name)
                        .isEqualTo(event.path("fd.directory").asText());
                assertThat(Paths.fileName(name))
                        .as(name)
                        .isEqualTo(event.path("fd.filename").asText());
            }
        });
    }

    @Test
    void addressesArePrintedTheSameWay() throws IOException {
        forEachEvent(event -> {
            for (String field : List.of("fd.cip", "fd.sip")) {
                byte[] address = Addresses.parse(event.path(field).asText());
                if (address != null) {
                    assertThat(Addresses.text(address))
                            .isEqualTo(event.path(field).asText());
                }
            }
        });
    }

    private static void forEachEvent(Consumer<JsonNode> check) throws IOException {
        Optional<Path> captures = Shared.path("data/syscall-events");
        assumeTrue(captures.isPresent(), "needs ../shared/data/syscall-events");
        ObjectMapper json = new ObjectMapper();
        try (Stream<Path> files = Files.list(captures.get())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".gz")).toList()) {
                try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
                    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                        check.accept(json.readTree(line));
                    }
                }
            }
        }
    }
}
