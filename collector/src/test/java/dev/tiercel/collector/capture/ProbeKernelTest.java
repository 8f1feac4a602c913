package dev.tiercel.collector.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.collector.container.ContainerDirectory;
import dev.tiercel.collector.container.ContainerOptions;
import dev.tiercel.collector.node.NodeOptions;
import dev.tiercel.collector.node.NodeState;
import dev.tiercel.collector.node.ProcessState;
import dev.tiercel.harness.Requirement;
import dev.tiercel.kevent.HeaderDecoder;
import dev.tiercel.kevent.KeventHandler;
import dev.tiercel.kevent.KeventType;
import dev.tiercel.kevent.OpenDecoder;
import dev.tiercel.kevent.ProcessDecoder;
import dev.tiercel.schemas.ProcessAttribute;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The probe in the kernel of this machine; needs CAP_BPF, CAP_PERFMON and a built probe-c.
@Tag("kernel")
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProbeKernelTest {
    private static final long CAPABILITIES = 1L << 39 | 1L << 38; // CAP_BPF, CAP_PERFMON
    private static final int OPENAT = 257;

    @BeforeEach
    void needsAProbeAndTheRightToLoadIt() throws IOException {
        try {
            ProbeLibrary.locate(ProbeLibrary.candidates());
        } catch (ProbeException e) {
            Requirement.KERNEL.check(false, String.valueOf(e.getMessage()));
        }
        String line = Files.readString(Path.of("/proc/self/status"))
                .lines()
                .filter(status -> status.startsWith("CapEff:"))
                .findFirst()
                .orElseThrow();
        long effective = Long.parseUnsignedLong(line.substring(7).strip(), 16);
        Requirement.KERNEL.check(
                (effective & CAPABILITIES) == CAPABILITIES, "CAP_BPF and CAP_PERFMON; this process has " + line);
    }

    @Nested
    class Live extends RecordSourceContract {
        @Override
        RecordSource open() {
            return ProbeSource.open(ProbeOptions.defaults());
        }
    }

    /// The observed events, in order.
    private static final class Seen {
        private final List<String> events = new ArrayList<>();
        private final HeaderDecoder header = new HeaderDecoder();
        private final ProcessDecoder process = new ProcessDecoder();
        private final OpenDecoder open = new OpenDecoder();
        private long ktime;

        void onRecord(ByteBuffer data, int offset, int length) {
            header.wrap(data, offset);
            switch (header.type()) {
                case KeventType.EXEC, KeventType.PROCESS -> {
                    process.wrap(data, offset);
                    String exe = text(data, process.exeOffset(), process.exeLength());
                    String argv = text(data, process.argvOffset(), process.argvLength())
                            .replace('\0', ' ')
                            .strip();
                    add(header.type() == KeventType.EXEC ? "exec" : "process", exe + " " + argv);
                }
                case KeventType.OPEN -> {
                    open.wrap(data, offset);
                    add("open", text(data, open.pathOffset(), open.pathLength()) + " " + open.ret());
                    ktime = open.ktime();
                }
                case KeventType.EXIT -> add("exit", "");
                default -> add("other", String.valueOf(header.type()));
            }
        }

        private static String text(ByteBuffer data, int offset, int length) {
            return StandardCharsets.UTF_8.decode(data.slice(offset, length)).toString();
        }

        private void add(String what, String detail) {
            events.add(header.pid() + " " + what + " " + detail);
        }

        boolean has(String event) {
            return events.contains(event);
        }
    }

    private static void drainUntil(RecordSource source, Seen seen, BooleanSupplier done) {
        while (!done.getAsBoolean()) {
            source.await(Duration.ofMillis(20));
            source.drain(seen::onRecord, 1000);
        }
    }

    @Test
    void undrainedRecordsArePending() throws Exception {
        try (ProbeSource source = ProbeSource.open(ProbeOptions.defaults())) {
            Process command = new ProcessBuilder("/bin/true").start();
            assertThat(command.waitFor()).isZero();

            assertThat(source.pendingBytes()).isPositive();

            Seen seen = new Seen();
            drainUntil(source, seen, () -> seen.has(command.pid() + " exit "));
        }
    }

    @Test
    void aCommandIsSeenFromItsExecToItsExit(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        Seen seen = new Seen();
        try (ProbeSource source = ProbeSource.open(ProbeOptions.defaults())) {
            Process cat = new ProcessBuilder("/bin/cat", file.toString()).start();
            long pid = cat.pid();
            drainUntil(source, seen, () -> seen.has(pid + " exit "));

            String exe = Path.of("/bin/cat").toRealPath().toString();
            assertThat(seen.events)
                    .containsSubsequence(
                            pid + " exec " + exe + " /bin/cat " + file, pid + " open " + file + " 3", pid + " exit ");
            Instant opened = Instant.ofEpochSecond(0, source.bootTimeEpochNanos() + seen.ktime);
            assertThat(Duration.between(opened, Instant.now()).abs()).isLessThan(Duration.ofSeconds(30));
            assertThat(source.counters().lost()).isZero();
        }
    }

    @Test
    void runningProcessesAreInTheSnapshot() throws Exception {
        Process sleep = new ProcessBuilder("/bin/sleep", "1000").start();
        try (ProbeSource source = ProbeSource.open(ProbeOptions.defaults())) {
            Seen seen = new Seen();
            String exe = Path.of("/bin/sleep").toRealPath().toString();
            drainUntil(source, seen, () -> seen.has(sleep.pid() + " process " + exe + " /bin/sleep 1000"));
            drainUntil(source, seen, source::snapshotComplete);
        } finally {
            sleep.destroyForcibly();
        }
    }

    /// Catches an attribute that the probe does not fill in, or fills in with something else than its row says.
    @Test
    void aProcessIsToldAsProcHasIt() throws Exception {
        Process sleep = new ProcessBuilder("/bin/sleep", "1000").start();
        ContainerOptions none = new ContainerOptions(List.of(), Duration.ofSeconds(1), Path.of("/proc"), 10);
        Map<ProcessAttribute, Long> told = new EnumMap<>(ProcessAttribute.class);
        Map<ProcessAttribute, Long> found = new EnumMap<>(ProcessAttribute.class);
        try (ProbeSource source = ProbeSource.open(ProbeOptions.defaults());
                ContainerDirectory containers = new ContainerDirectory(none)) {
            NodeState byRecord = node(containers, source);
            NodeState byProc = node(containers, source);
            ProcessDecoder record = new ProcessDecoder();
            while (told.isEmpty()) {
                source.await(Duration.ofMillis(20));
                source.drain(
                        (data, offset, length) -> {
                            record.wrap(data, offset);
                            if (record.pid() == sleep.pid() && record.type() == KeventType.PROCESS) {
                                byRecord.snapshot(record);
                                numbers(byRecord.caller(record).state(), told);
                                numbers(byProc.caller(record).state(), found);
                            }
                        },
                        1000);
            }
            assertThat(found).isNotEmpty();
        } finally {
            sleep.destroyForcibly();
        }
        assertThat(told).isEqualTo(found);
    }

    /// `exec -a`: whether the kernel reports the process or /proc has it.
    @ParameterizedTest
    @ValueSource(ints = {4_090, 10_000, 130_000})
    void aLongArgv0HidesNoArgument(int length) throws Exception {
        ContainerOptions none = new ContainerOptions(List.of(), Duration.ofSeconds(1), Path.of("/proc"), 10);
        List<ProcessState> states = new ArrayList<>();
        Process sleep = null;
        try (ProbeSource source = ProbeSource.open(ProbeOptions.defaults());
                ContainerDirectory containers = new ContainerDirectory(none)) {
            String exec = "exec -a \"$(head -c %d /dev/zero | tr '\\0' z)\" sleep 1000 2000".formatted(length);
            sleep = new ProcessBuilder("/bin/bash", "-c", exec).start();
            long pid = sleep.pid();
            NodeState byRecord = node(containers, source);
            NodeState byProc = node(containers, source);
            ProcessDecoder record = new ProcessDecoder();
            KeventHandler handler = (data, offset, size) -> {
                record.wrap(data, offset);
                boolean ofIt = record.pid() == pid && record.type() == KeventType.EXEC;
                if (ofIt
                        && Seen.text(data, record.exeOffset(), record.exeLength())
                                .endsWith("sleep")) {
                    states.add(byRecord.exec(record).state());
                    states.add(byProc.caller(record).state());
                }
            };
            while (states.isEmpty()) {
                source.await(Duration.ofMillis(20));
                source.drain(handler, 1000);
            }
        } finally {
            Objects.requireNonNull(sleep).destroyForcibly();
        }
        for (ProcessState state : states) {
            byte[] argv = state.text(ProcessAttribute.ARGUMENTS);
            assertThat(state.exeLength()).isEqualTo(Math.min(length, 4095));
            assertThat(new String(argv, state.exeLength(), argv.length - state.exeLength(), StandardCharsets.UTF_8))
                    .isEqualTo("\0001000\0002000\0");
            assertThat(state.number(ProcessAttribute.TRUNCATED) & 3).isEqualTo(length > 4095 ? 1 : 0);
        }
    }

    private static NodeState node(ContainerDirectory containers, ProbeSource source) {
        Path etc = Path.of("/etc");
        NodeOptions options =
                new NodeOptions(10, 1 << 20, Duration.ofSeconds(1), List.of(), Path.of("/proc"), etc, 1000);
        return new NodeState(options, containers, source.bootTimeEpochNanos());
    }

    /// What a record and /proc both have.
    private static void numbers(ProcessState state, Map<ProcessAttribute, Long> numbers) {
        Set<ProcessAttribute> ofTheFile =
                Set.of(ProcessAttribute.EXE_INODE, ProcessAttribute.EXE_CHANGE_TIME, ProcessAttribute.EXE_MODIFY_TIME);
        for (ProcessAttribute attribute : ProcessAttribute.values()) {
            if (attribute.procPlace().isPresent() || ofTheFile.contains(attribute)) {
                numbers.put(attribute, state.number(attribute));
            }
        }
    }

    @Test
    void unselectedSyscallsAreNotCaptured(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        BitSet all = new BitSet();
        all.set(0, 512);
        all.clear(OPENAT);
        try (ProbeSource source = ProbeSource.open(ProbeOptions.defaults().withSyscalls(all))) {
            Seen seen = new Seen();
            Process quiet = new ProcessBuilder("/bin/cat", file.toString()).start();
            drainUntil(source, seen, () -> seen.has(quiet.pid() + " exit "));
            assertThat(seen.events).noneMatch(event -> event.startsWith(quiet.pid() + " open " + file));

            all.set(OPENAT);
            source.select(all);
            Process loud = new ProcessBuilder("/bin/cat", file.toString()).start();
            drainUntil(source, seen, () -> seen.has(loud.pid() + " exit "));
            assertThat(seen.events).contains(loud.pid() + " open " + file + " 3");
        }
    }

    @Test
    void reportsAttachedAndRefusedPrograms() {
        try (ProbeSource source = ProbeSource.open(ProbeOptions.defaults())) {
            assertThat(source.programs()).isNotEmpty().anyMatch(ProgramStatus::attached);
            assertThat(source.programs()).allMatch(program -> !program.name().isBlank());
            assertThat(source.describe()).startsWith("kernel ").contains(" probe programs attached");
        }
    }

    @Test
    void closeWaitsForTheRunningCall() throws Exception {
        BitSet none = new BitSet();
        none.set(0);
        ProbeSource source = ProbeSource.open(ProbeOptions.defaults().withSyscalls(none));
        Thread waiter = Thread.ofPlatform().start(() -> waitOften(source));
        source.close();
        waiter.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(waiter.isAlive()).isFalse();
    }

    private static void waitOften(ProbeSource source) {
        try {
            while (true) {
                source.await(Duration.ofMillis(5));
                source.drain((data, offset, length) -> {}, 100);
            }
        } catch (IllegalStateException closed) {
            assertThat(closed).hasMessageContaining("closed");
        }
    }

    /// What fits on the ring arrives, and the rest is counted.
    @Test
    void aFullRingIsCountedAndLosesNothingElse() throws Exception {
        long drained = 0;
        try (ProbeSource source =
                ProbeSource.open(ProbeOptions.defaults().withRingBytes(1 << 16).withWakeupBytes(1 << 14))) {
            while (source.counters().lost() == 0) {
                new ProcessBuilder("/bin/true").start().waitFor();
            }
            long emitted = source.counters().emittedTotal();
            while (drained < emitted) {
                source.await(Duration.ofMillis(20));
                drained += source.drain((data, offset, length) -> {}, 10_000);
            }
            CaptureCounters counters = source.counters();
            assertThat(drained).isLessThanOrEqualTo(counters.emittedTotal());
            assertThat(counters.malformed()).isZero();
            assertThat(counters.lost()).isPositive();
        }
    }

    @Test
    void aHandlerCannotCloseTheProbeUnderItself() {
        try (ProbeSource source = ProbeSource.open(ProbeOptions.defaults())) {
            Runnable close = source::close;
            List<String> refusals = new ArrayList<>();
            while (refusals.isEmpty()) {
                source.await(Duration.ofMillis(20));
                source.drain(
                        (data, offset, length) -> {
                            try {
                                close.run();
                            } catch (IllegalStateException e) {
                                refusals.add(String.valueOf(e.getMessage()));
                            }
                        },
                        1);
            }
            assertThat(refusals).containsExactly("a handler must not close the probe that calls it");
        }
    }

    @Test
    void aRecordingReplaysWhatWasCaptured(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("live.kev");
        Seen live = new Seen();
        String hostname;
        try (RecordingSource source = RecordingSource.to(file, ProbeSource.open(ProbeOptions.defaults()))) {
            hostname = source.hostname();
            Process echo = new ProcessBuilder("/bin/echo", "hi").start();
            assertThat(new String(echo.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hi\n");
            drainUntil(source, live, () -> live.has(echo.pid() + " exit "));
        }
        Seen replayed = new Seen();
        try (KevSource source = KevSource.open(file)) {
            drainUntil(source, replayed, source::finished);
            assertThat(source.hostname()).isEqualTo(hostname);
        }
        assertThat(replayed.events).isEqualTo(live.events);
    }
}
