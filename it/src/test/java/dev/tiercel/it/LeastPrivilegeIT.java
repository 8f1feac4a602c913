package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The collector needs only the privileges listed in `docs/operating.md`. What other users of the machine cannot do is
/// in [NeighbourIT].
@Tag("kernel")
class LeastPrivilegeIT {
    /// CAP_PERFMON is bit 38, CAP_BPF bit 39.
    private static final String PERFMON_AND_BPF = "000000c000000000";

    @Test
    void twoCapabilitiesAreEnoughForTheWholePipeline(@TempDir Path directory) {
        Machine.mustTrace();
        Actor actor = new Actor(directory);
        try (TiercelProcess up = TiercelProcess.up(directory.resolve("data"));
                AlertLog alerts = new AlertLog(up.client());
                TiercelProcess collector = TiercelProcess.collect(up, "least", "bpf", "perfmon")) {
            assertThat(collector.effectiveCapabilities()).isEqualTo(PERFMON_AND_BPF);

            actor.onHost("cat /etc/shadow > /dev/null; true");

            assertThat(alerts.await(0, LeastPrivilegeIT::tellsAll, Duration.ofSeconds(20)))
                    .withFailMessage(() -> "alerts: " + alerts.since(0))
                    .isPresent();
            assertThat(collector.stop()).isZero();
        }
    }

    private static boolean tellsAll(AlertLog.Seen alert) {
        return alert.json().path("hostname").asText().equals("least")
                && alert.field("proc.cmdline").equals("cat /etc/shadow")
                && alert.field("proc.exepath").endsWith("/cat")
                && alert.field("proc.pname").equals("bash")
                && alert.field("proc.aname[2]").equals("java")
                && alert.field("user.name").equals("root")
                && alert.field("fd.name").equals("/etc/shadow");
    }
}
