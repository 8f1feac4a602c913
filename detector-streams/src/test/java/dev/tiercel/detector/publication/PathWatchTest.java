package dev.tiercel.detector.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On the real file system: each change is noticed, and so is the next one after it.
final class PathWatchTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private PathWatch watch;

    @BeforeEach
    void open() throws IOException {
        watch = new PathWatch();
    }

    @AfterEach
    void close() throws IOException {
        watch.close();
    }

    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    private void notices(Collection<Path> paths, Change... changes) throws Exception {
        watch.follow(paths);
        for (Change change : changes) {
            change.make();
            assertThat(watch.await(LIMIT)).isTrue();
            watch.follow(paths);
        }
    }

    @Test
    void aDirectoryThatIsMadeAnew() throws Exception {
        Path rules = directory("rules.d", "1");
        notices(
                List.of(rules),
                () -> delete(rules),
                () -> directory("rules.d", "2"),
                () -> Files.writeString(rules.resolve("a.yaml"), "3"));
    }

    @Test
    void aDirectoryThatIsMovedOver() throws Exception {
        Path rules = directory("rules.d", "1");
        Path next = directory("next", "2");
        notices(
                List.of(rules),
                () -> {
                    Files.move(rules, folder.resolve("old"));
                    Files.move(next, rules);
                },
                () -> Files.writeString(rules.resolve("a.yaml"), "3"));
    }

    @Test
    void aDirectoryAboveThatIsReplaced() throws Exception {
        Path rules = directory("above/rules.d", "1");
        notices(
                List.of(rules),
                () -> Files.move(folder.resolve("above"), folder.resolve("old")),
                () -> directory("above/rules.d", "2"),
                () -> Files.writeString(rules.resolve("a.yaml"), "3"));
    }

    @Test
    void aLinkedDirectoryWhoseTargetIsSwapped() throws Exception {
        Path first = directory("v1", "1");
        Path second = directory("v2", "2");
        Path rules = Files.createSymbolicLink(folder.resolve("rules.d"), Path.of("v1"));
        notices(
                List.of(rules),
                () -> Files.writeString(first.resolve("a.yaml"), "1.1"),
                () -> swap(rules, Path.of("v2")),
                () -> Files.writeString(second.resolve("a.yaml"), "2.1"));
    }

    /// As kubelet's AtomicWriter does it.
    @Test
    void aConfigMap() throws Exception {
        directory("..2026_01", "1");
        directory("..2026_02", "2");
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_01"));
        Path file = Files.createSymbolicLink(folder.resolve("a.yaml"), Path.of("..data/a.yaml"));
        for (Path path : List.of(file, folder)) {
            notices(
                    List.of(path, file),
                    () -> swap(folder.resolve("..data"), Path.of("..2026_02")),
                    () -> swap(folder.resolve("..data"), Path.of("..2026_01")));
        }
    }

    @Test
    void aFileThatIsReplacedRemovedOrWritten() throws Exception {
        Path file = directory("rules.d", "1").resolve("a.yaml");
        Path edited = Files.writeString(folder.resolve("edited"), "2");
        notices(
                List.of(file),
                () -> Files.move(edited, file, StandardCopyOption.ATOMIC_MOVE),
                () -> Files.delete(file),
                () -> Files.writeString(file, "3"),
                () -> Files.writeString(file, "4"));
    }

    @Test
    void theTargetOfALinkedFile() throws Exception {
        Path target = directory("elsewhere", "1").resolve("a.yaml");
        Path link =
                Files.createSymbolicLink(directory("rules.d", "1").resolve("b.yaml"), Path.of("../elsewhere/a.yaml"));
        notices(List.of(link), () -> Files.writeString(target, "2"), () -> swap(link, Path.of("/dev/null")));
    }

    @Test
    void whatDoesNotConcernThePathsIsPassedOver() throws Exception {
        Path rules = directory("rules.d", "1");
        watch.follow(List.of(rules));
        Files.writeString(folder.resolve("other"), "1");
        assertThat(watch.await(Duration.ofMillis(50))).isFalse();
        Files.writeString(rules.resolve("b.yaml"), "1");
        assertThat(watch.await(LIMIT)).isTrue();
    }

    @Test
    void linksThatFormALoop() throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
        Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));
        notices(List.of(first), () -> swap(first, Path.of("c")));
    }

    private Path directory(String name, String content) throws IOException {
        Path created = Files.createDirectories(folder.resolve(name));
        Files.writeString(created.resolve("a.yaml"), content);
        return created;
    }

    private static void delete(Path directory) throws IOException {
        Files.delete(directory.resolve("a.yaml"));
        Files.delete(directory);
    }

    private void swap(Path link, Path target) throws IOException {
        Path next = Files.createSymbolicLink(folder.resolve("..next"), target);
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    }
}
