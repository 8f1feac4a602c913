package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A first session: `up`, an alert in Falco's text format, Ctrl-C.
class UpIT {
    @Test
    @Tag("kernel")
    void reportsWhatItWatchesThenAlertsThenStopsCleanly(@TempDir Path directory) {
        Machine.mustTrace();
        Actor actor = new Actor(directory);
        long before = probePrograms();
        try (TiercelProcess tiercel = TiercelProcess.up(directory.resolve("data"));
                AlertLog alerts = new AlertLog(tiercel.client())) {
            assertThat(tiercel.readyLine()).contains("watching", "rules", "events.syscall", "alerts.json");
            assertThat(probePrograms()).isGreaterThan(before);

            actor.onHost("cat /etc/shadow > /dev/null");

            assertThat(alerts.await(0, alert -> alert.field("proc.name").equals("cat"), Duration.ofSeconds(20)))
                    .isPresent();
            tiercel.awaitOut("cat /etc/shadow");
            assertThat(tiercel.out())
                    .anySatisfy(
                            line -> assertThat(line)
                                    .matches(
                                            "\\d\\d:\\d\\d:\\d\\d\\.\\d{9}: [A-Z][a-z]+ Credential file read.*command=cat /etc/shadow.*"));
            assertThat(tiercel.stop()).isZero();
            assertThat(probePrograms()).isEqualTo(before);
        }
    }

    @Test
    void judgesARecordingWithoutRootOrBpf(@TempDir Path directory) {
        Path recording = Machine.root("cli/src/test/resources/samples/small.kev");
        try (TiercelProcess tiercel =
                TiercelProcess.up(directory, "--replay", recording.toString(), "--output", "json")) {
            tiercel.awaitOut("\"rule\":\"Credential file read by untrusted program\"");
            assertThat(tiercel.out()).allSatisfy(line -> assertThat(line).startsWith("{\"hostname\":"));
            assertThat(tiercel.stop()).isZero();
        }
    }

    @Test
    void deliversAlertsToTheOutputsOfASinksFile(@TempDir Path directory) throws IOException {
        Path recording = Machine.root("cli/src/test/resources/samples/small.kev");
        Path sinks = Files.writeString(directory.resolve("sinks.yaml"), """
                outputs:
                  - {name: archive, type: file, path: alerts.json}
                  - {name: later, type: file, path: missing/alerts.json}
                routes:
                  - {to: [archive, later], when: alert.rule = "Credential file read by untrusted program"}
                """);
        try (TiercelProcess tiercel = TiercelProcess.up(
                directory.resolve("data"), "--sinks", sinks.toString(), "--replay", recording.toString())) {
            await(directory.resolve("alerts.json"));
            Files.createDirectory(directory.resolve("missing"));
            await(directory.resolve("missing/alerts.json"));
            assertThat(tiercel.stop()).isZero();
        }
        assertThat(Files.readAllLines(directory.resolve("missing/alerts.json")))
                .isNotEmpty()
                .allMatch(line -> line.contains("\"rule\":\"Credential file read by untrusted program\""))
                .hasSameElementsAs(Files.readAllLines(directory.resolve("alerts.json")));
    }

    private static void await(Path file) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!Files.exists(file) || Files.size(file) == 0) {
            assertThat(System.nanoTime()).as("%s has alerts", file).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /// Number of Tiercel's programs loaded in the kernel.
    private static long probePrograms() {
        return Machine.run(List.of("/usr/sbin/bpftool", "prog", "show"))
                .lines()
                .filter(line -> line.contains("name probe_"))
                .count();
    }
}
