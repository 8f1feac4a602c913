package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.benchmarks.live.ProcessSample.ThreadSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessSampleTest {
    private static final String STATUS = """
            Name:\tjava
            VmHWM:\t  900000 kB
            VmRSS:\t  450000 kB
            voluntary_ctxt_switches:\t42
            nonvoluntary_ctxt_switches:\t7
            """;

    @TempDir
    private Path proc;

    @ParameterizedTest
    @ValueSource(strings = {"java", "C2 CompilerThre", "G1 Main (x)", ") R 1 2 (", "a) S 9", ""})
    void readsTimeAfterAnyName(String name) {
        assertThat(ProcessSample.comm(stat(name, 123, 45))).isEqualTo(name);
        assertThat(ProcessSample.statNanos(stat(name, 123, 45))).isEqualTo(1_680_000_000L);
    }

    @Test
    void readsTimeOnTheProcessor() {
        assertThat(ProcessSample.schedstatNanos("1234567890 55 7\n")).isEqualTo(OptionalLong.of(1_234_567_890));
        assertThat(ProcessSample.schedstatNanos("")).isEqualTo(OptionalLong.empty());
    }

    @Test
    void readsNumbersOfStatus() {
        assertThat(ProcessSample.status(STATUS, "VmRSS")).isEqualTo(450_000);
        assertThat(ProcessSample.status(STATUS, "voluntary_ctxt_switches")).isEqualTo(42);
        assertThat(ProcessSample.status(STATUS, "VmSwap")).isZero();
    }

    @Test
    void readsEveryThread() throws IOException {
        write(proc, "main", 100, "1");
        write(proc.resolve("task/10"), "main", 1, "15000000 1 2");
        write(proc.resolve("task/11"), "a (b) c", 2, "");
        Files.createDirectories(proc.resolve("task/12"));
        ProcessSample sample = ProcessSample.read(proc);
        assertThat(sample.cpuNanos()).isEqualTo(1_000_000_000);
        assertThat(sample.residentBytes()).isEqualTo(450_000 * 1024);
        assertThat(sample.threads())
                .as("exact if the kernel counts, else in ticks; without the one that has ended")
                .isEqualTo(Map.of(
                        10, new ThreadSample("main", 15_000_000, 42), 11, new ThreadSample("a (b) c", 20_000_000, 42)));
    }

    @Test
    void failsIfThereIsNoProcess() {
        assertThatThrownBy(() -> ProcessSample.read(proc.resolve("4711"))).isInstanceOf(NoSuchFileException.class);
    }

    /// The sum of this JVM's threads is its time, but for rounding and threads that ended.
    @Test
    void agreesWithTheKernel() throws IOException {
        ProcessSample own = ProcessSample.read(Path.of("/proc/self"));
        long threads = own.threads().values().stream()
                .mapToLong(ThreadSample::cpuNanos)
                .sum();
        assertThat(threads).isPositive().isLessThanOrEqualTo(own.cpuNanos() + 2 * ProcessSample.TICK_NANOS);
        assertThat(own.residentBytes()).isGreaterThan(10_000_000);
    }

    private static String stat(String name, int user, int system) {
        return "10 (%s) S 1 10 10 0 -1 4194304 1 2 3 4 %d %d 6 7 20 0 30 0 99 1000 200".formatted(name, user, system);
    }

    private static void write(Path folder, String name, int ticks, String schedstat) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("stat"), stat(name, ticks, 0));
        Files.writeString(folder.resolve("schedstat"), schedstat);
        Files.writeString(folder.resolve("status"), STATUS);
    }
}
