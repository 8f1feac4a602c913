package dev.tiercel.collector.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeLibraryTest {
    @Test
    void reportsAMissingLibraryAndHowToBuildIt(@TempDir Path directory) {
        Path absent = directory.resolve("libtiercel-probe.so");
        assertThatThrownBy(() -> ProbeLibrary.locate(List.of(absent)))
                .isInstanceOf(ProbeException.class)
                .hasMessage(
                        "the probe library is missing; looked for [" + absent + "]; build it with: make -C probe-c");
    }

    @Test
    void reportsAFileThatIsNotALibrary(@TempDir Path directory) throws IOException {
        Path text = Files.writeString(directory.resolve("libtiercel-probe.so"), "not ELF");
        assertThatThrownBy(() -> ProbeLibrary.load(text))
                .isInstanceOf(ProbeException.class)
                .hasMessageContaining("cannot load the probe library " + text)
                .hasMessageContaining("libbpf1");
    }

    @Test
    void programsAreAttachedOrRefusedWithAReason() {
        assertThat(ProgramStatus.parse("probe_exit attached").attached()).isTrue();
        ProgramStatus refused = ProgramStatus.parse("probe_io_uring refused: no such hook");
        assertThat(refused.name()).isEqualTo("probe_io_uring");
        assertThat(refused.refusal()).contains("no such hook");
    }

    @Test
    void rejectsOptionsThatTheKernelDoesNotAccept() {
        ProbeOptions options = ProbeOptions.defaults();
        assertThatThrownBy(() -> options.withRingBytes(100_000)).hasMessageContaining("ringBytes=100000");
        assertThatThrownBy(() -> options.withWakeupBytes(3)).hasMessageContaining("wakeupBytes=3");
        assertThatThrownBy(() -> options.withEnvironmentBytes(5000)).hasMessageContaining("environmentBytes=5000");
        BitSet syscalls = new BitSet();
        syscalls.set(512);
        assertThatThrownBy(() -> options.withSyscalls(syscalls)).hasMessage("syscall=512 limit=511");
    }
}
