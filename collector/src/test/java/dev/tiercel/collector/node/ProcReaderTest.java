package dev.tiercel.collector.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.collector.files.BoundedReads;
import dev.tiercel.collector.files.HangingFileSystem;
import dev.tiercel.collector.files.RootDirectoryTest;
import dev.tiercel.schemas.ProcessAttribute;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProcReaderTest {
    private static final long TICKS = 700;
    private static final long START = TICKS * 10_000_000;

    @TempDir
    Path folder;

    private final BoundedReads reads = new BoundedReads("proc-reads", 4, Duration.ofSeconds(2), Duration.ofHours(1));
    private ProcReader reader;
    private Path proc;

    @BeforeEach
    void prepare() throws IOException {
        proc = Files.createDirectories(folder.resolve("proc"));
        reader = new ProcReader(proc, new EnvironmentFilter(List.of("*")), reads);
    }

    @AfterEach
    void close() {
        reads.close();
    }

    @Test
    void readsTheProcessThatStartedThen() throws IOException {
        process(42, "/a");

        ProcReader.Found found = reader.read(42, START, 1).orElseThrow();

        assertThat(found.complete()).isTrue();
        assertThat(found.parentPid()).isEqualTo(7);
        assertThat(found.cgroupPath()).isEqualTo("/a");
        assertThat(text(found, ProcessAttribute.NAME)).isEqualTo("a) b");
        assertThat(text(found, ProcessAttribute.ARGUMENTS)).isEqualTo("cat\0x\0");
        assertThat(text(found, ProcessAttribute.EXE_PATH)).isEqualTo("/bin/cat");
        assertThat(reader.read(42, START + 10_000_000, 1)).isEmpty();
    }

    @Test
    void aLongArgv0IsSkipped() throws IOException {
        Path dir = process(42, "/a");
        Files.write(dir.resolve("cmdline"), ("z".repeat(130_000) + "\0-c\0id\0").getBytes(UTF_8));

        ProcReader.Found found = reader.read(42, START, 1).orElseThrow();

        assertThat(text(found, ProcessAttribute.ARGUMENTS)).isEqualTo("z".repeat(4095) + "\0-c\0id\0");
        assertThat(found.state().number(ProcessAttribute.TRUNCATED)).isEqualTo(Truncation.EXE);
    }

    @Test
    void aProcessWhoseFilesHangIsKnownInPartAndDelaysNoOther() throws Exception {
        Path dir = process(42, "/a");
        Files.delete(dir.resolve("cmdline"));
        RootDirectoryTest.fifo(dir.resolve("cmdline"));
        process(43, "/b");

        ProcReader.Found hanging = reader.read(42, START, 1).orElseThrow();

        assertThat(hanging.complete()).isFalse();
        assertThat(text(hanging, ProcessAttribute.NAME)).isEqualTo("a) b");
        assertThat(hanging.state().number(ProcessAttribute.TRUNCATED))
                .isEqualTo(Truncation.EXE | Truncation.ARGUMENTS | Truncation.ENVIRONMENT);
        assertThat(reads.hanging()).isOne();
        assertThat(reader.read(43, START, 1).orElseThrow().complete()).isTrue();
        release(dir.resolve("cmdline"));
    }

    @Test
    void anExecutableOnAFileSystemThatHangsIsLeftBehind() throws Exception {
        Path dir = process(42, "/a");
        try (HangingFileSystem _ = new HangingFileSystem(folder.resolve("hanging"))) {
            Files.delete(dir.resolve("exe"));
            Files.createSymbolicLink(dir.resolve("exe"), folder.resolve("hanging/program"));

            ProcReader.Found found = reader.read(42, START, 1).orElseThrow();

            assertThat(found.complete()).isFalse();
            assertThat(text(found, ProcessAttribute.EXE_PATH)).endsWith("/hanging/program");
        }
    }

    /// The pid is given to another process while the files of the first are read.
    @Test
    void whatIsOfTwoProcessesIsDiscarded() throws Exception {
        Path dir = process(42, "/a");
        Files.delete(dir.resolve("cmdline"));
        RootDirectoryTest.fifo(dir.resolve("cmdline"));
        Thread successor = Thread.ofPlatform().daemon().start(() -> {
            try (var cmdline = Files.newOutputStream(dir.resolve("cmdline"))) { // opens once it is read
                stat(dir, TICKS + 1);
                cmdline.write("nc\0-e\0".getBytes(UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        Optional<ProcReader.Found> found = reader.read(42, START, 1);

        successor.join();
        assertThat(found).isEmpty();
    }

    @Test
    void theCgroupIsThatOfTheInodeOrUnknown() throws IOException {
        process(42, "/a");
        Path cgroup = Files.createDirectories(folder.resolve("sys/fs/cgroup/a"));
        long inode = ((Number) Files.getAttribute(cgroup, "unix:ino")).longValue();

        assertThat(reader.cgroup(42, inode)).isEqualTo("/a");
        assertThat(reader.cgroup(42, inode + 1)).as("it has moved since").isEmpty();
    }

    private Path process(int pid, String cgroup) throws IOException {
        Path dir = Files.createDirectories(proc.resolve(Integer.toString(pid)));
        stat(dir, TICKS);
        Files.writeString(dir.resolve("cmdline"), "cat\0x\0");
        Files.writeString(dir.resolve("environ"), "A=1\0");
        Files.writeString(dir.resolve("cgroup"), "0::" + cgroup + "\n");
        Files.createSymbolicLink(dir.resolve("exe"), Path.of("/bin/cat"));
        return dir;
    }

    private static void stat(Path dir, long ticks) throws IOException {
        String[] values = new String[50];
        Arrays.fill(values, "0");
        values[1] = "7";
        values[19] = Long.toString(ticks);
        Files.writeString(
                dir.resolve("stat"), "42 (a) b) " + String.join(" ", values).replaceFirst("0", "S") + "\n");
    }

    private static void release(Path fifo) throws IOException {
        Files.newOutputStream(fifo).close();
    }

    private static String text(ProcReader.Found found, ProcessAttribute attribute) {
        return new String(found.state().text(attribute), UTF_8);
    }
}
