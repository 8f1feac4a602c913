package dev.tiercel.collector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
public class RootDirectoryTest {
    @TempDir
    Path root;

    @Test
    void readsTheFirstBytesOfARegularFile() throws IOException {
        Files.writeString(root.resolve("file"), "0123456789");

        assertThat(read(root, "file", 4)).hasValue("0123".getBytes(UTF_8));
        assertThat(read(root, "file", 100)).hasValue("0123456789".getBytes(UTF_8));
        assertThat(read(root, "absent", 4)).isEmpty();
        assertThat(read(root.resolve("absent"), "file", 4)).isEmpty();
    }

    @Test
    void nothingButARegularFileIsOpened() throws Exception {
        fifo(root.resolve("fifo"));
        Files.createDirectory(root.resolve("directory"));

        assertThat(read(root, "fifo", 4)).isEmpty();
        assertThat(read(root, "directory", 4)).isEmpty();
        assertThat(read(Path.of("/dev"), "zero", 4)).isEmpty();
    }

    @Test
    void linksOfProcAreNotFollowed() throws IOException {
        Path file = Files.writeString(root.resolve("file"), "host");
        Files.createSymbolicLink(root.resolve("link"), file);

        assertThat(read(Path.of("/"), "proc/self/root" + file, 4)).isEmpty();
        assertThat(read(Path.of("/proc/self/root"), file.toString(), 4)).isPresent();
    }

    /// What a container may do between a look at the file and its opening: 20,000 exchanges of file and FIFO.
    @Test
    void aFileThatBecomesAFifoMeanwhileHangsNothing() throws Exception {
        Path file = root.resolve("passwd");
        Files.writeString(root.resolve("regular"), "root:x:0:0::/:");
        fifo(root.resolve("fifo"));
        Thread exchanger = Thread.ofPlatform().daemon().start(() -> exchange(file));
        while (!Files.exists(file)) {
            Thread.onSpinWait();
        }
        int read = 0;
        int refused = 0;
        while (exchanger.isAlive()) {
            if (read(root, "passwd", 100).isPresent()) {
                read++;
            } else {
                refused++;
            }
        }
        assertThat(read).isPositive();
        assertThat(refused).isPositive();
    }

    private void exchange(Path file) {
        try {
            for (int i = 0; i < 10_000; i++) {
                for (String next : new String[] {"regular", "fifo"}) {
                    Path link = root.resolve("next");
                    Files.createLink(link, root.resolve(next));
                    Files.move(link, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The first bytes of a file below a root.
    static Optional<byte[]> read(Path root, String path, int limitBytes) {
        return RootDirectory.open(root).flatMap(opened -> {
            try (opened) {
                return opened.read(path, limitBytes);
            }
        });
    }

    @Test
    void knowsTheSameDirectoryByAnyPath() {
        try (RootDirectory opened =
                RootDirectory.open(Path.of("/proc/self/root")).orElseThrow()) {
            assertThat(opened.isSameAs(Path.of("/"))).isTrue();
            assertThat(opened.isSameAs(root)).isFalse();
            assertThat(opened.isSameAs(root.resolve("absent"))).isFalse();
        }
    }

    /// Makes a FIFO.
    public static void fifo(Path path) throws IOException, InterruptedException {
        Process made = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start();
        assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(made.exitValue()).isZero();
    }
}
