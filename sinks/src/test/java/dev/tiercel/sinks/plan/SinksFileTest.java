package dev.tiercel.sinks.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.yaml.Priority;
import dev.tiercel.testkit.Golden;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SinksFileTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("TOKEN", "s3cret", "URL", "https://soc.example/in?key=k");

    private static SinksFile read(String content) {
        return SinksFile.read("sinks.yaml", content, Path.of("/etc/tiercel"), ENVIRONMENT);
    }

    @Test
    void readsOutputsAndRoutes() {
        SinksFile file = read("""
                outputs:
                  - {name: archive, type: file, path: alerts.json, rotate: {size: 10MiB, keep: 3}}
                  - name: soc
                    type: webhook
                    url: {env: URL}
                    headers: {Authorization: {env: TOKEN}, X-Team: blue}
                    hmac: {key: {env: TOKEN}}
                    body: '{"text": "%alert.rule: %alert.output", "process": "%proc.name", "user": "%entered.ka.user.name"}'
                    give-up-after: 2h
                  - {name: sidekick, type: falco, url: "http://127.0.0.1:2801/"}
                  - {name: log, type: syslog, address: "tcp://log.example:601", facility: local3}
                  - {name: mail, type: program, command: [mail, -s, alert, soc@example.org], format: text}
                  - {name: out, type: stdout}
                routes:
                  - {name: noise, when: 'alert.rule startswith "Test" or proc.name in (bash, zsh)', to: archive}
                  - name: night
                    priority: notice
                    to: [soc, log]
                    continue: true
                    quiet-hours: {from: "22:00", to: "06:00", zone: Europe/Berlin}
                    rate-limit: {alerts: 10, per: 1m}
                    template: "%alert.priority %alert.rule"
                  - {to: [archive]}
                """);
        assertThat(file.problems()).isEmpty();
        SinksPlan plan = file.plan().orElseThrow();
        assertThat(plan.outputs().stream().map(OutputPlan::name))
                .containsExactly("archive", "soc", "sidekick", "log", "mail", "out");
        assertThat(plan.outputs().get(1).giveUpAfter()).isEqualTo(Duration.ofHours(2));
        RoutePlan night = plan.routes().get(1);
        assertThat(night.least()).isEqualTo(Priority.NOTICE);
        assertThat(night.limit()).isEqualTo(new RoutePlan.Limit(10, Duration.ofMinutes(1)));
        assertThat(plan.routes().get(2).name()).isEqualTo("route 3");
        plan.close();
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        SinksFile file = read("""
                outputs:
                  - {name: Archive, type: file, path: a, rotate: {size: 10MB}}
                  - {name: soc, type: webhok, url: "http://x"}
                  - {name: chat, type: webhook, url: "ftp://x", headers: {"bad header": x}, method: GET, timeout: soon}
                  - {name: chat, type: falco}
                  - {name: token, type: webhook, url: "http://x", hmac: {key: s3cret}}
                  - {name: unset, type: webhook, url: {env: NOT_SET}, bdy: "%alert.rul"}
                  - {name: text, type: webhook, url: "http://x", body: "%alert.rul at %proc.nam"}
                  - {name: log, type: syslog, address: log.example, facility: local9}
                  - {name: nothing, type: program}
                routes:
                  - {name: a, when: 'proc.nam = bash and', to: chat}
                  - {name: a, when: 'proc.nam = bash', to: chatt, priority: urgent}
                  - {when: 'alert.priority in (Critical', quiet-hours: {from: 22, to: 6}, rate-limit: {per: 1m}, continue: yes}
                rules: []
                """);
        assertThat(file.plan()).isEmpty();
        Golden.check(
                "sinks-file-problems.txt",
                file.problems().stream().map(Diagnostic::text).collect(Collectors.joining("\n")));
    }

    @Test
    void whatIsNoMappingIsRefused() {
        for (String content : List.of("", "- a", "outputs: [", "x")) {
            assertThat(read(content).plan()).as(content).isEmpty();
            assertThat(read(content).problems()).as(content).isNotEmpty();
        }
    }

    @Test
    void noSecretIsShown() {
        SinksFile file = read("""
                outputs:
                  - {name: soc, type: webhook, url: {env: URL}, hmac: {key: {env: TOKEN}}}
                """);
        assertThat(file.toString()).doesNotContain("s3cret").doesNotContain("key=k");
        file.plan().orElseThrow().close();
    }

    @Test
    void quietHoursGoOverMidnightAndDaylightSaving() {
        QuietHours night =
                new QuietHours(LocalTime.parse("22:00"), LocalTime.parse("06:00"), ZoneId.of("Europe/Berlin"));
        assertThat(night.include(Instant.parse("2026-10-24T20:00:00Z")))
                .as("22:00 CEST")
                .isTrue();
        assertThat(night.include(Instant.parse("2026-10-24T19:59:59Z"))).isFalse();
        assertThat(night.include(Instant.parse("2026-10-25T05:00:00Z")))
                .as("06:00 CET")
                .isFalse();
        assertThat(night.end(Instant.parse("2026-10-24T20:00:00Z"))).isEqualTo(Instant.parse("2026-10-25T05:00:00Z"));
        QuietHours noon = new QuietHours(LocalTime.parse("12:00"), LocalTime.parse("13:00"), ZoneId.of("UTC"));
        assertThat(noon.include(Instant.parse("2026-10-24T12:30:00Z"))).isTrue();
        assertThat(noon.include(Instant.parse("2026-10-24T13:00:00Z"))).isFalse();
        assertThat(Objects.requireNonNull(noon.end(Instant.parse("2026-10-24T14:00:00Z"))))
                .isEqualTo(Instant.parse("2026-10-25T13:00:00Z"));
    }
}
