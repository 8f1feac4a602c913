package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk of its own for the data directory, filled to the brim: `up` says why it ends, and nothing acknowledged is
/// lost.
@Tag("kernel")
class DiskFullIT {
    private static final int DISK_MIB = 500;

    @TempDir
    private Path directory;

    private SmallDisk disk;

    @BeforeEach
    void mount() throws IOException {
        Machine.mustTrace();
        disk = SmallDisk.mount(Files.createDirectory(directory.resolve("disk")), "size=" + DISK_MIB + "m");
    }

    @AfterEach
    void unmount() {
        disk.close();
    }

    @Test
    void aDiskThatIsFilledAtOnceEndsTheProcessWithItsReason() throws IOException {
        Actor actor = new Actor(directory);
        try (TiercelProcess first = up("0")) {
            actor.onHost("for i in $(seq 100); do cat /etc/shadow; done > /dev/null");
            awaitAlerts(first, 50);
            Thread load = Thread.ofPlatform()
                    .start(() -> actor.onHost("for i in $(seq 200); do cat /etc/shadow; done > /dev/null"));
            disk.fill(Integer.MAX_VALUE);

            assertThat(first.awaitEnd()).isEqualTo(3);
            assertThat(first.err())
                    .anySatisfy(line -> assertThat(line)
                            .contains("Kafka ends this process")
                            .contains("0 MiB left")
                            .contains(disk.path().toString()));
            join(load);
        }
        disk.free();
        try (TiercelProcess second = up("0")) {
            actor.onHost("tail -n 1 /etc/shadow > /dev/null");
            assertEveryEventHasOneAlert(second);
        }
    }

    @Test
    void aDiskThatFillsUpIsAnnouncedAndTheProcessStopsInOrder() throws IOException {
        try (TiercelProcess first = up("200MiB")) {
            disk.fill(DISK_MIB - 250);
            first.awaitErr("less than disk.warn-bytes (300 MiB)");
            disk.fill(100);

            assertThat(first.awaitEnd()).isEqualTo(3);
            assertThat(first.err())
                    .anyMatch(line -> line.contains("stopping, while all can still be written"))
                    .noneMatch(line -> line.contains("Kafka ends this process"));
        }
        assertThatThrownBy(() -> up("200MiB"))
                .hasMessageContaining("less than disk.stop-bytes (200 MiB)")
                .hasMessageContaining("free space there and start again");
    }

    private TiercelProcess up(String stopBytes) {
        return TiercelProcess.up(
                disk.path().resolve("data"),
                "--set",
                "disk.warn-bytes=" + (stopBytes.equals("0") ? "0" : "300MiB"),
                "--set",
                "disk.stop-bytes=" + stopBytes,
                "--set",
                "health.port=0");
    }

    private static void assertEveryEventHasOneAlert(TiercelProcess tiercel) {
        try (AlertLog alerts = new AlertLog(tiercel.client());
                EventLog events = new EventLog(tiercel.client())) {
            assertThat(alerts.await(0, alert -> alert.field("proc.cmdline").startsWith("tail"), Duration.ofSeconds(60)))
                    .as("an alert after the restart")
                    .isPresent();
            long opens = events.count(event -> event.openedByProgram("/etc/shadow", "cat"));
            List<AlertLog.Seen> judged = alerts.since(0).stream()
                    .filter(alert -> alert.field("proc.cmdline").equals("cat /etc/shadow"))
                    .toList();

            assertThat(judged).extracting(AlertLog.Seen::id).doesNotHaveDuplicates();
            assertThat(opens).isGreaterThanOrEqualTo(100);
            assertThat(judged).as("alerts of the events that were acknowledged").hasSize((int) opens);
        }
    }

    private static void awaitAlerts(TiercelProcess tiercel, int count) {
        try (AlertLog alerts = new AlertLog(tiercel.client())) {
            int[] found = {0};
            assertThat(alerts.await(0, alert -> ++found[0] >= count, Duration.ofSeconds(60)))
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
