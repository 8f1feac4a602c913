package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A JVM killed during processing loses nothing that Kafka acknowledged and repeats no alert.
@Tag("kernel")
class CrashIT {
    @Test
    void judgesEveryAcknowledgedEventExactlyOnce(@TempDir Path directory) throws IOException {
        Machine.mustTrace();
        Actor actor = new Actor(directory);
        Path data = directory.resolve("data");
        String port = Integer.toString(Machine.freePort());

        try (TiercelProcess first = TiercelProcess.up(data, "--port", port)) {
            Thread load = Thread.ofPlatform()
                    .start(() -> actor.onHost("for i in $(seq 400); do cat /etc/shadow; done > /dev/null"));
            awaitAlerts(first, 50);
            first.kill();
            join(load);
        }
        try (TiercelProcess second = TiercelProcess.up(data, "--port", port)) {
            actor.onHost("tail -n 1 /etc/shadow > /dev/null");
            assertEveryEventHasOneAlert(second);
        }
    }

    private static void assertEveryEventHasOneAlert(TiercelProcess tiercel) {
        try (AlertLog alerts = new AlertLog(tiercel.client());
                EventLog events = new EventLog(tiercel.client())) {
            assertThat(alerts.await(0, alert -> alert.field("proc.cmdline").startsWith("tail"), Duration.ofSeconds(60)))
                    .as("an alert after the restart")
                    .isPresent();
            List<String> ids = alerts.since(0).stream().map(AlertLog.Seen::id).toList();
            long opens = events.count(event -> event.openedByProgram("/etc/shadow", "cat"));
            long judged = alerts.since(0).stream()
                    .filter(alert -> alert.field("proc.cmdline").equals("cat /etc/shadow"))
                    .count();

            assertThat(ids).doesNotHaveDuplicates();
            assertThat(opens)
                    .as("events that were acknowledged before the kill")
                    .isGreaterThanOrEqualTo(50);
            assertThat(judged).as("alerts of those events").isEqualTo(opens);
        }
    }

    private static void awaitAlerts(TiercelProcess tiercel, int count) {
        try (AlertLog alerts = new AlertLog(tiercel.client())) {
            int[] found = {0};
            assertThat(alerts.await(0, alert -> ++found[0] >= count, Duration.ofSeconds(60)))
                    .as("%d alerts before the kill", count)
                    .isPresent();
        }
    }

    private static void join(Thread load) {
        try {
            load.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
