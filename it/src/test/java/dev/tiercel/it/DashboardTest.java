package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiercel.harness.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The dashboard and the alerting rules of `packaging/observe`, as far as no pipeline is needed.
///
/// Grafana itself is not available to the build: the JSON is checked for what its schema wants of it.
class DashboardTest {
    private static final String SOURCE = "tiercel-prometheus";
    private static final Set<String> TYPES = Set.of("row", "stat", "timeseries", "table");
    private static final int COLUMNS = 24;

    /// Of the JVM, the process and Prometheus itself.
    private static final List<String> FOREIGN = List.of("jvm_", "process_", "up", "ALERTS");

    @Test
    void askOnlyForMetricsThatTheGuideLists() throws IOException {
        String guide = Files.readString(Machine.root("docs/operating.md"));
        List<Observed.Query> queries = new ArrayList<>(Observed.dashboardQueries());
        queries.addAll(Observed.alertQueries());
        assertThat(queries).hasSizeGreaterThan(60).allSatisfy(query -> {
            assertThat(query.metrics()).isNotEmpty();
            assertThat(query.metrics().stream()
                            .filter(metric -> FOREIGN.stream().noneMatch(metric::startsWith))
                            .map(metric -> metric.replaceFirst("_(bucket|sum|count)$", "")))
                    .as(query.of())
                    .allMatch(metric -> guide.contains("`" + metric + "`"));
        });
    }

    @Test
    void everyPanelIsWhole() throws IOException {
        assertThat(Observed.panels()).hasSizeGreaterThan(25).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotEmpty();
            assertThat(panel.path("type").asText()).isIn(TYPES);
            if (panel.path("type").asText().equals("row")) return;
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo(SOURCE);
            List<JsonNode> targets = Observed.elements(panel.path("targets"));
            assertThat(targets).isNotEmpty().allSatisfy(target -> {
                assertThat(target.at("/datasource/uid").asText()).isEqualTo(SOURCE);
                assertThat(target.path("expr").asText()).isNotEmpty();
            });
            assertThat(targets.stream().map(target -> target.path("refId").asText()))
                    .doesNotHaveDuplicates()
                    .allMatch(id -> id.matches("[A-Z]"));
        });
        assertThat(Observed.panels().stream().map(panel -> panel.path("id").asInt()))
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 0);
    }

    @Test
    void noPanelCoversAnother() throws IOException {
        Set<List<Integer>> taken = new HashSet<>();
        for (JsonNode panel : Observed.panels()) {
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(COLUMNS);
            for (int x = at.path("x").asInt();
                    x < at.path("x").asInt() + at.path("w").asInt();
                    x++) {
                for (int y = at.path("y").asInt();
                        y < at.path("y").asInt() + at.path("h").asInt();
                        y++) {
                    assertThat(taken.add(List.of(x, y)))
                            .as(panel.path("title").asText())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void theDataSourceHasThatName() throws IOException {
        assertThat(Files.readString(Observed.DIRECTORY.resolve("grafana/datasources/prometheus.yml")))
                .contains("uid: " + SOURCE + "\n");
    }

    @Test
    void prometheusTakesTheConfigurationAndTheRules() {
        Requirement.TOOLS.check(Files.isExecutable(Path.of("/usr/bin/promtool")), "no promtool");
        Stream.of("check config prometheus.yml", "check rules alerts.yml", "test rules alerts_test.yml")
                .forEach(command -> {
                    String[] words = command.split(" ", -1);
                    String printed = Machine.run(List.of(
                            "/usr/bin/promtool",
                            words[0],
                            words[1],
                            Observed.DIRECTORY.resolve(words[2]).toString()));
                    assertThat(printed).as(command).contains("SUCCESS");
                });
    }
}
