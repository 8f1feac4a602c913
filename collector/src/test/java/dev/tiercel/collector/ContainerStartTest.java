package dev.tiercel.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a runtime does to start a container is of the container from the moment that it is in its cgroup, and its
/// users are the container's.
@Timeout(60)
class ContainerStartTest {
    private static final String CGROUP = "/docker/" + "ab".repeat(32);
    private static final String SETUID = "syscall pid=3000 tid=3000 start=5 nr=105 arg0=1000 uid=1000 cgroupId=%d";

    @TempDir
    private Path folder;

    @BeforeEach
    void makeHost() throws IOException {
        Files.writeString(folder.resolve("passwd"), "hosts:x:1000:1000::/:\n");
        Path host = Files.createDirectories(folder.resolve("host/etc"));
        Files.copy(folder.resolve("passwd"), host.resolve("passwd"));
        Files.createDirectories(folder.resolve("proc/1"));
        Files.createSymbolicLink(folder.resolve("proc/1/root"), folder.resolve("host"));
    }

    /// The process has ended before its records are read: nothing of it is in /proc.
    @Test
    void theCgroupIsKnownFromTheCreationOfItsDirectory() throws IOException {
        Path cgroup = Files.createDirectories(folder.resolve("sys/fs/cgroup" + CGROUP));
        try (CycleFixture fixture = fixture()) {
            add(fixture, "syscall pid=100 tid=100 start=1000000000 cgroupId=20 nr=83 string0=/sys/fs/cgroup" + CGROUP);
            add(
                    fixture,
                    "fork pid=100 tid=100 start=1000000000 cgroupId=20 childPid=3000 childStart=5 childCgroupId="
                            + inode(cgroup));
            add(fixture, SETUID.formatted(inode(cgroup)));
            fixture.run();

            assertThat(container(fixture, "setuid").get("fullId")).hasToString("ab".repeat(32));
        }
    }

    /// No rate of look-ups is left when the process comes into the cgroup.
    @Test
    void aCgroupThatCouldNotBeFoundIsLookedForAgain() throws IOException {
        try (CycleFixture fixture = fixture()) {
            add(
                    fixture,
                    "fork pid=100 tid=100 start=1000000000 cgroupId=20 childPid=3000 childStart=5 childCgroupId=77");
            fixture.cycle.doWork();
            Path proc = Files.createDirectories(folder.resolve("proc/3000"));
            Files.writeString(proc.resolve("cgroup"), "0::" + CGROUP + "\n");
            add(fixture, SETUID.formatted(77));
            fixture.run();

            assertThat(container(fixture, "setuid").get("fullId")).hasToString("ab".repeat(32));
        }
    }

    @Test
    void theUserIsTheContainersAsSoonAsItsRootIs() throws IOException {
        Path cgroup = Files.createDirectories(folder.resolve("sys/fs/cgroup" + CGROUP));
        Path proc = Files.createDirectories(folder.resolve("proc/3000"));
        Files.createSymbolicLink(proc.resolve("root"), folder.resolve("host"));
        Path own = Files.createDirectories(folder.resolve("merged/etc"));
        Files.writeString(own.resolve("passwd"), "app:x:1000:1000::/:\n");
        try (CycleFixture fixture = fixture()) {
            add(fixture, "syscall pid=100 tid=100 start=1000000000 cgroupId=20 nr=83 string0=/sys/fs/cgroup" + CGROUP);
            add(
                    fixture,
                    "fork pid=100 tid=100 start=1000000000 cgroupId=20 childPid=3000 childStart=5 childNsPid=9 cloneFlags=0x20000 childCgroupId="
                            + inode(cgroup));
            add(fixture, "open pid=3000 tid=3000 start=5 nr=257 ret=-2 path=/x cgroupId=" + inode(cgroup));
            fixture.cycle.doWork();
            Files.delete(proc.resolve("root"));
            Files.createSymbolicLink(proc.resolve("root"), folder.resolve("merged"));
            add(fixture, SETUID.formatted(inode(cgroup)));
            fixture.cycle.doWork();
            fixture.advanceMillis(100);
            while (events(fixture, "setuid").isEmpty()) {
                fixture.cycle.doWork();
                LockSupport.parkNanos(1_000_000);
            }

            assertThat(process(fixture, "setuid").get("user")).hasToString("app");
        }
    }

    private CycleFixture fixture() {
        CycleFixture fixture = new CycleFixture(
                folder, Map.of("collector.proc", folder.resolve("proc").toString(), "collector.container.wait", "60s"));
        fixture.withBash().cycle.doWork();
        return fixture;
    }

    private static void add(CycleFixture fixture, String line) {
        RecordText.parse(line).forEach(fixture.source::add);
    }

    private static long inode(Path directory) throws IOException {
        return ((Number) Files.getAttribute(directory, "unix:ino")).longValue();
    }

    private static List<GenericRecord> events(CycleFixture fixture, String type) {
        return batches(fixture).stream()
                .flatMap(batch -> BatchDump.records(batch, "events").stream())
                .filter(event -> isOfType(event, type))
                .toList();
    }

    private static boolean isOfType(GenericRecord event, String type) {
        return EventType.ofNumber((int) event.get("type"))
                .orElseThrow()
                .toString()
                .equalsIgnoreCase(type);
    }

    private static GenericRecord process(CycleFixture fixture, String type) {
        for (GenericRecord batch : batches(fixture)) {
            for (GenericRecord event : BatchDump.records(batch, "events")) {
                if (isOfType(event, type)) {
                    return BatchDump.records(batch, "processes").get((int) event.get("process"));
                }
            }
        }
        throw new AssertionError("no " + type);
    }

    private static GenericRecord container(CycleFixture fixture, String type) {
        int index = (int) process(fixture, type).get("container");
        assertThat(index).as("the host").isNotNegative();
        return batches(fixture).stream()
                .flatMap(batch -> BatchDump.records(batch, "containers").stream())
                .findFirst()
                .orElseThrow();
    }

    private static List<GenericRecord> batches(CycleFixture fixture) {
        return fixture.publisher.batches.stream()
                .map(batch -> BatchDump.decode(batch.value()))
                .toList();
    }
}
