package dev.tiercel.collector.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTargetTest {

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(strings = {"/", "/a", "/a b/%41?#", "a/b", "pipe:[7]", "/usr/bin/x (deleted)", "(unreachable)/x"})
    void theTargetIsAsItWasWritten(String target) throws IOException {
        Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of(target));
        assertThat(LinkTarget.read(link)).asString().isEqualTo(target);
    }

    /// Written by a shell: no [Path] can be made of these bytes.
    @Test
    void bytesOfNoCharsetAreKept() throws IOException, InterruptedException {
        run("ln -s \"$(printf '/x/\\377\\303\\251\\303')\" " + dir.resolve("link"));
        assertThat(LinkTarget.read(dir.resolve("link"))).containsExactly('/', 'x', '/', 0xff, 0xc3, 0xa9, 0xc3);
    }

    private static void run(String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder(List.of("sh", "-c", script))
                .redirectErrorStream(true)
                .start();
        String said = new String(shell.getInputStream().readAllBytes(), UTF_8);
        assertThat(shell.waitFor()).as(said).isZero();
    }
}
