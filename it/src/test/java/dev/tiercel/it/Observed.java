package dev.tiercel.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What `packaging/observe` asks of Prometheus.
final class Observed {
    static final Path DIRECTORY = Machine.root("packaging/observe");

    /// A metric, with its labels if they are asked for; neither a function nor a label in `by (…)`.
    private static final Pattern SELECTOR =
            Pattern.compile("\\b(?:up|ALERTS|[a-z]+(?:_[a-z]+)+)\\b(?!\\s*\\()(?:\\{[^}]*})?");

    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on)\\s*\\([^)]*\\)|\\bgroup_right\\b");

    private Observed() {}

    /// A query.
    ///
    /// @param of title of the panel, or name of the alerting rule
    record Query(String of, String text) {
        /// The metrics that it reads, each with its labels: `up{part="detector"}`.
        List<String> selectors() {
            return SELECTOR.matcher(GROUPING.matcher(text).replaceAll(""))
                    .results()
                    .map(found -> found.group())
                    .toList();
        }

        /// Their names.
        List<String> metrics() {
            return selectors().stream()
                    .map(selector -> selector.replaceFirst("\\{.*", ""))
                    .toList();
        }
    }

    /// The panels of the dashboard, rows too.
    static List<JsonNode> panels() throws IOException {
        return elements(dashboard().path("panels"));
    }

    static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(DIRECTORY.resolve("dashboard.json").toFile());
    }

    static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    /// Queries of the dashboard, those of its annotations too, with Grafana's variables as long as a test lasts.
    static List<Query> dashboardQueries() throws IOException {
        List<Query> queries = new ArrayList<>();
        Stream<JsonNode> notes = elements(dashboard().at("/annotations/list")).stream();
        notes.forEach(note -> queries.add(
                new Query(note.path("name").asText(), note.path("expr").asText())));
        for (JsonNode panel : panels()) {
            for (JsonNode target : elements(panel.path("targets"))) {
                String text = target.path("expr").asText();
                queries.add(new Query(
                        panel.path("title").asText(),
                        text.replace("$__rate_interval", "10m").replace("$__range", "1h")));
            }
        }
        return queries;
    }

    /// Conditions of the alerting rules.
    static List<Query> alertQueries() throws IOException {
        return groups().flatMap(group -> maps(group, "rules"))
                .map(rule -> new Query(String.valueOf(rule.get("alert")), String.valueOf(rule.get("expr"))))
                .toList();
    }

    private static Stream<Map<?, ?>> groups() throws IOException {
        Object file = new Load(LoadSettings.builder().build())
                .loadFromString(Files.readString(DIRECTORY.resolve("alerts.yml")));
        return maps((Map<?, ?>) file, "groups");
    }

    private static Stream<Map<?, ?>> maps(Map<?, ?> parent, String key) {
        return ((List<?>) Objects.requireNonNull(parent.get(key), key)).stream().map(one -> (Map<?, ?>) one);
    }
}
