package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.cli.output.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherProcessTest {
    @TempDir
    private Path proc;

    @BeforeEach
    void layOut() throws IOException {
        process(10, "falco", "../falco");
        process(11, "agent (a) b", "../tetragon");
        process(12, "sh", "../dash");
        process(13, "sh", "../dash");
        Files.createDirectories(proc.resolve("sys"));
        Files.createDirectories(proc.resolve("99"));
    }

    private void process(int pid, String comm, String executable) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(Integer.toString(pid)));
        Files.writeString(folder.resolve("comm"), comm + "\n");
        Files.createSymbolicLink(folder.resolve("exe"), Path.of(executable));
    }

    @Test
    void isFoundByNumberNameOrExecutable() throws IOException {
        OtherProcess agent = new OtherProcess(11, "agent (a) b");
        assertThat(OtherProcess.find(proc, "11")).isEqualTo(agent);
        assertThat(OtherProcess.find(proc, "agent (a) b")).isEqualTo(agent);
        assertThat(OtherProcess.find(proc, "tetragon")).isEqualTo(agent);
        assertThat(OtherProcess.find(proc, "falco")).isEqualTo(new OtherProcess(10, "falco"));
    }

    @Test
    void mustBeOne() {
        assertThatThrownBy(() -> OtherProcess.find(proc, "sh"))
                .isInstanceOf(EnvironmentException.class)
                .hasMessage("2 processes are named sh: give the number of one of [12, 13]");
        assertThatThrownBy(() -> OtherProcess.find(proc, "nobody")).hasMessage("no process nobody; start it first");
        assertThatThrownBy(() -> OtherProcess.find(proc, "4711")).hasMessage("no process 4711; start it first");
    }

    @Test
    void saysThatItHasEnded() {
        assertThatThrownBy(() -> new OtherProcess(Integer.MAX_VALUE, "falco").sample())
                .isInstanceOf(EnvironmentException.class)
                .hasMessage("process 2147483647 (falco) has ended");
    }
}
