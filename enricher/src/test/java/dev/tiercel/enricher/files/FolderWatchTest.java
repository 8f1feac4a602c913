package dev.tiercel.enricher.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On the real file system.
final class FolderWatchTest {
    @TempDir
    private Path folder;

    /// inotify watches inodes, not paths.
    @Test
    void aDirectoryThatWasMovedOverIsNew() throws IOException {
        Path logs = Files.createDirectory(folder.resolve("logs"));
        Path next = Files.createDirectory(folder.resolve("next"));
        try (FolderWatch watch = new FolderWatch()) {
            assertThat(watch.follow(FileListing.of(logs).directories())).isTrue();
            assertThat(watch.follow(FileListing.of(logs).directories())).isFalse();

            Files.move(logs, folder.resolve("old"));
            Files.move(next, logs);
            assertThat(watch.follow(FileListing.of(logs).directories())).isTrue();
        }
    }

    @Test
    void soIsALinkedOneWhoseLinkWasSwapped() throws IOException {
        Path first = Files.createDirectory(folder.resolve("1"));
        Path second = Files.createDirectory(folder.resolve("2"));
        Path logs = Files.createSymbolicLink(folder.resolve("logs"), first);
        Path log = logs.resolve("audit.log");
        try (FolderWatch watch = new FolderWatch()) {
            assertThat(watch.follow(FileListing.of(log).directories())).isTrue();

            Files.delete(logs);
            Files.createSymbolicLink(logs, second);
            assertThat(watch.follow(FileListing.of(log).directories())).isTrue();
        }
    }
}
