package dev.tiercel.sinks.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.alert.TestAlerts;
import dev.tiercel.sinks.plan.SinksFile;
import dev.tiercel.sinks.plan.SinksPlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RouterTest {
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    private static Router router(String output, String routes) {
        String outputs = "outputs: [{name: a, type: stdout}, {name: b, type: stdout}]\n";
        SinksFile file = SinksFile.read("sinks.yaml", outputs + routes, Path.of("/"), Map.of());
        assertThat(file.problems()).isEmpty();
        SinksPlan plan = file.plan().orElseThrow();
        return new Router(output, plan.routes());
    }

    private static boolean isGiven(String output, String routes, Alert alert) {
        return router(output, routes).decide(AlertView.of(alert), 0, NOON).notice() != null;
    }

    private static boolean isGiven(String condition) {
        return isGiven(
                "a",
                "routes: [{to: a, when: '" + condition + "'}]",
                TestAlerts.alert("1").build());
    }

    @Test
    void withoutRoutesEveryOutputIsGivenEverything() {
        assertThat(isGiven("a", "routes: []", TestAlerts.alert("1").build())).isTrue();
    }

    @Test
    void conditionsAreOnFieldsOfAlertsAndOnOutputFields() {
        assertThat(isGiven("proc.name = bash")).isTrue();
        assertThat(isGiven("proc.name = zsh")).isFalse();
        assertThat(isGiven("proc.pid > 4000 and proc.pid < 5000")).isTrue();
        assertThat(isGiven("alert.tags intersects (T1059, T1611)")).isTrue();
        assertThat(isGiven("alert.rule startswith \"Shell\" and alert.hostname = web-1 and alert.source = syscall"))
                .isTrue();
        assertThat(isGiven("alert.priority in (Critical, Error)")).isFalse();
        assertThat(isGiven("k8s.ns.name = prod"))
                .as("the alert has no such field")
                .isFalse();
        assertThat(isGiven("not k8s.ns.name exists")).isTrue();
        assertThat(isGiven("alert.evidence = gap")).isFalse();
        assertThat(isGiven("alert.output contains \"proc.name=bash\"")).isTrue();
    }

    @Test
    void theFirstRouteThatMatchesEndsTheSearchUnlessItSaysContinue() {
        Alert alert = TestAlerts.alert("1").build();
        assertThat(isGiven("b", "routes: [{to: a}, {to: b}]", alert)).isFalse();
        assertThat(isGiven("b", "routes: [{to: a, continue: true}, {to: b}]", alert))
                .isTrue();
        assertThat(isGiven("b", "routes: [{to: a, priority: critical}, {to: b}]", alert))
                .isTrue();
        assertThat(isGiven("b", "routes: [{to: a}]", alert)).isFalse();
    }

    @Test
    void whatIsBeyondTheLimitIsCountedInASummary() {
        Router router = router("a", "routes: [{name: limited, to: a, rate-limit: {alerts: 2, per: 1m}}]");
        for (int number = 0; number < 5; number++) {
            Router.Decision decision = router.decide(TestAlerts.view("" + number), number % 2, NOON);
            assertThat(decision.notice() != null).isEqualTo(number < 2);
            assertThat(decision.held()).isEqualTo(number >= 2);
        }
        assertThat(router.held().due(NOON.plusSeconds(59))).isEmpty();
        List<AlertView> summaries = router.held().due(NOON.plusSeconds(60));
        assertThat(summaries).hasSize(1);
        assertThat(summaries.getFirst().alert().getOutput())
                .startsWith("3 alerts held back since ")
                .endsWith(": 3 of Shell in container (output=a route=limited)");
        assertThat(router.held().due(NOON.plusSeconds(3600))).isEmpty();
        assertThat(router.decide(TestAlerts.view("6"), 0, NOON.plusSeconds(60)).notice())
                .isNotNull();
    }

    @Test
    void whatIsHeldIsKeptWithTheOffset() {
        String routes = "routes: [{name: quiet, to: a, quiet-hours: {from: '11:00', to: '13:00'}}]";
        Router router = router("a", routes);
        for (int number = 0; number < 100; number++) {
            Alert alert = TestAlerts.alert("" + number)
                    .setRule("Rule " + number % 40 + " " + "x".repeat(100))
                    .build();
            assertThat(router.decide(AlertView.of(alert), 3, NOON).held()).isTrue();
        }
        String saved = router.held().saved(3);
        assertThat(saved.length()).isBetween(1, 4096);
        Router next = router("a", routes);
        next.held().resume(3, saved);
        assertThat(next.held().saved(3)).isEqualTo(saved);
        next.held().resume(4, "what somebody else has kept there");
        assertThat(next.held().saved(4)).isEmpty();
        List<AlertView> summaries = next.held().due(NOON.plusSeconds(3600));
        assertThat(summaries).hasSize(1);
        assertThat(summaries.getFirst().alert().getOutput()).startsWith("100 alerts held back");
        assertThat(next.held().isEmpty()).isTrue();
    }
}
