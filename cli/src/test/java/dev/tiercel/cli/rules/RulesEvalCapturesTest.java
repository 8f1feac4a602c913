package dev.tiercel.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.testkit.Corpus;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Filters over real captures, and over events of ours, find the same lines as reading the JSON directly.
class RulesEvalCapturesTest {
    private static final String CAPTURES = "data/syscall-events";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final Map<String, Predicate<JsonNode>> FILTERS = filters();

    private static Map<String, Predicate<JsonNode>> filters() {
        Map<String, Predicate<JsonNode>> filters = new LinkedHashMap<>();
        filters.put(
                "evt.type in (open, openat, read)",
                event -> List.of("open", "openat", "read").contains(text(event, "evt.type")));
        filters.put(
                "evt.dir = < and evt.failed = true",
                event -> text(event, "evt.dir").equals("<")
                        && event.path("evt.failed").asBoolean());
        filters.put(
                "fd.name startswith /etc/ or fd.name endswith .so",
                event -> text(event, "fd.name").startsWith("/etc/")
                        || text(event, "fd.name").endsWith(".so"));
        filters.put("evt.rawres < 0", event -> event.path("evt.rawres").asLong() < 0);
        filters.put(
                "fd.port = 53",
                event -> event.path("fd.sport").asInt() == 53
                        || event.path("fd.cport").asInt() == 53);
        filters.put("fd.snet = \"127.0.0.0/8\"", event -> text(event, "fd.sip").startsWith("127."));
        filters.put("fd.l4proto exists", event -> event.has("fd.l4proto"));
        filters.put("proc.aname = sshd", event -> ancestors(event).contains("sshd"));
        filters.put(
                "proc.aname[2] != bash",
                event -> event.has("proc.aname[2]")
                        && !text(event, "proc.aname[2]").equals("bash"));
        filters.put("not user.name = root", event -> !text(event, "user.name").equals("root"));
        filters.put(
                "evt.arg.flags contains O_RDONLY",
                event -> text(event, "evt.arg.flags").contains("O_RDONLY"));
        filters.put(
                "fd.dev.minor > 5 and fd.dev > 16",
                event -> event.path("fd.dev.minor").asInt() > 5
                        && Long.parseLong(event.path("fd.dev").asText("0"), 16) > 16);
        return filters;
    }

    private static String text(JsonNode event, String field) {
        return event.path(field).asText("");
    }

    private static List<String> ancestors(JsonNode event) {
        List<String> names = new ArrayList<>();
        names.add(text(event, "proc.pname"));
        for (int level = 1; event.has("proc.aname[" + level + "]"); level++) {
            names.add(text(event, "proc.aname[" + level + "]"));
        }
        return names;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat_write.jsonl.gz",
                "client-server__tcp-client-server.jsonl.gz",
                "curl_google.jsonl.gz",
                "nginx__nginx.jsonl.gz",
                "ping_sendto.jsonl.gz"
            })
    void filtersFindWhatTheDataSays(String capture) throws IOException {
        filtersFindWhatTheDataSays(Shared.required(CAPTURES + "/" + capture));
    }

    @Test
    void filtersFindWhatOurDataSays() throws IOException {
        filtersFindWhatTheDataSays(Corpus.OURS.events().getFirst());
    }

    private static void filtersFindWhatTheDataSays(Path file) throws IOException {
        List<JsonNode> events = events(file);
        FILTERS.forEach((filter, holds) -> {
            String expected = IntStream.range(0, events.size())
                    .filter(i -> holds.test(events.get(i)))
                    .mapToObj(i -> (i + 1) + "\n")
                    .collect(Collectors.joining());
            Run run = Run.of("rules", "eval", "--events", file.toString(), "--filter", filter);

            assertThat(run.out()).as("%s: %s", filter, run.err()).isEqualTo(expected);
            assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
        });
    }

    private static List<JsonNode> events(Path file) throws IOException {
        List<JsonNode> events = new ArrayList<>();
        for (String line : Corpus.lines(file)) {
            events.add(MAPPER.readTree(line));
        }
        return events;
    }
}
