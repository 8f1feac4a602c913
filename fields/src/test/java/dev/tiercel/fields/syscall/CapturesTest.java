package dev.tiercel.fields.syscall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.schemas.EventType;
import dev.tiercel.testkit.Corpus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Holds our forms against those of events: of real captures, decoded by an independent implementation of Falco's
/// fields, and of ours.
final class CapturesTest {

    private static final Pattern NAMED = Pattern.compile("(\\w+)=(\\d+)\\(([A-Z][A-Z_|0-9]*)\\)");

    /// What the captures' decoder (of 2022) names otherwise than Falco does now.
    private static final Set<String> RENAMED = Set.of("setsockopt.optname", "socket.type", "futex.op");

    @ParameterizedTest
    @EnumSource(Corpus.class)
    void flagsAndConstantsHaveTheSameNames(Corpus corpus) throws IOException {
        List<String> differences = new ArrayList<>();
        int[] compared = new int[1];
        forEachEvent(corpus, event -> {
            EventType type = EventType.named(event.path("evt.type").asText()).orElse(null);
            Matcher matcher = NAMED.matcher(event.path("evt.args").asText());
            while (type != null && matcher.find()) {
                String parameter = matcher.group(1);
                int index = type.parameterIndex(parameter);
                ValueTable table = index < 0 ? null : EventValues.of(type, index);
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
        assertThat(compared[0]).isGreaterThan(corpus == Corpus.OURS ? 15 : 1000);
    }

    @ParameterizedTest
    @EnumSource(Corpus.class)
    void resultsHaveTheSameNames(Corpus corpus) throws IOException {
        forEachEvent(corpus, event -> {
            if (event.has("evt.rawres") && event.path("evt.rawres").asLong() < 0) {
                assertThat(EventValues.errorName(event.path("evt.rawres").asLong()))
                        .isEqualTo(event.path("evt.res").asText());
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Corpus.class)
    void pathsAreTakenApartTheSameWay(Corpus corpus) throws IOException {
        forEachEvent(corpus, event -> {
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

    @ParameterizedTest
    @EnumSource(Corpus.class)
    void addressesArePrintedTheSameWay(Corpus corpus) throws IOException {
        forEachEvent(corpus, event -> {
            for (String field : List.of("fd.cip", "fd.sip")) {
                byte[] address = Addresses.parse(event.path(field).asText());
                if (address != null) {
                    assertThat(Addresses.text(address))
                            .isEqualTo(event.path(field).asText());
                }
            }
        });
    }

    private static void forEachEvent(Corpus corpus, Consumer<JsonNode> check) throws IOException {
        ObjectMapper json = new ObjectMapper();
        for (Path file : corpus.events()) {
            for (String line : Corpus.lines(file)) {
                check.accept(json.readTree(line));
            }
        }
    }
}
