package dev.tiercel.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainCauseTest {
    @TempDir
    private Path folder;

    @Test
    void failuresOfFilesAreSaidInWords() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        assertThat(PlainCause.of(catchThrowable(() -> Files.readString(folder.resolve("none")))))
                .isEqualTo("no such file or directory");
        assertThat(PlainCause.of(catchThrowable(() -> Files.list(file)))).isEqualTo("not a directory");
        assertThat(PlainCause.of(catchThrowable(() -> Files.readString(folder)))).isEqualTo("Is a directory");
        assertThat(PlainCause.of(catchThrowable(() -> Files.readString(loop))))
                .isEqualTo("Too many levels of symbolic links or unable to access attributes of symbolic link");
        assertThat(PlainCause.of(new AccessDeniedException("/x"))).isEqualTo("permission denied");
        assertThat(PlainCause.of(new FileSystemException("/x", null, "Read-only file system")))
                .isEqualTo("Read-only file system");
    }

    @Test
    void wrappersSayWhatTheyWrap() {
        IOException refused = new IOException("Connection refused");
        assertThat(PlainCause.of(new UncheckedIOException(refused))).isEqualTo("Connection refused");
        assertThat(PlainCause.of(new ExecutionException(refused))).isEqualTo("Connection refused");
        assertThat(PlainCause.of(new UnknownHostException("kafka"))).isEqualTo("unknown host kafka");
        assertThat(PlainCause.of(new java.net.SocketException())).isEqualTo("socket");
    }

    /// Then its name is all there is to look for.
    @Test
    void anErrorOfTheProgramKeepsItsName() {
        assertThat(PlainCause.of(new NullPointerException())).isEqualTo("java.lang.NullPointerException");
    }
}
