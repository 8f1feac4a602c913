package dev.tiercel.collector.capture;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `probe-c/include/tiercel_probe.h` as JNA sees it; the structs are laid out in [Probe]. None of these functions is
/// called per record.
interface ProbeLibrary extends Library {
    int kevent_abi_version();

    Pointer probe_open(Pointer options, byte[] error, long errorSize);

    int probe_ring(Pointer probe, Pointer ring);

    int probe_wait(Pointer probe, int timeoutMillis);

    int probe_wait_record(Pointer probe, int timeoutMillis);

    int probe_snapshot(Pointer probe);

    int probe_counters(Pointer probe, Pointer counters);

    int probe_select(Pointer probe, long[] bitmap);

    int probe_programs(Pointer probe, byte[] text, long size);

    void probe_close(Pointer probe);

    /// The installed library; see [#candidates].
    ///
    /// @throws ProbeException if it is absent or cannot be loaded; the message says how to build it
    static ProbeLibrary load() {
        return load(locate(candidates()));
    }

    static ProbeLibrary load(Path path) {
        try {
            return Native.load(path.toAbsolutePath().toString(), ProbeLibrary.class);
        } catch (UnsatisfiedLinkError e) {
            throw new ProbeException(
                    "cannot load the probe library " + path + ": " + e.getMessage()
                            + " (it needs libbpf1, libelf1 and zlib1g; or rebuild it: make -C probe-c)",
                    e);
        }
    }

    /// The first of the paths that is a file.
    static Path locate(List<Path> candidates) {
        return candidates.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new ProbeException(
                        "the probe library is missing; looked for " + candidates + "; build it with: make -C probe-c"));
    }

    /// The file that the system property `tiercel.probe.library` names, or else where `make -C probe-c` puts it under
    /// the environment's `TIERCEL_HOME`, under the system property `tiercel.root`, or under the working directory.
    static List<Path> candidates() {
        String configured = System.getProperty("tiercel.probe.library");
        if (configured != null) {
            return List.of(Path.of(configured));
        }
        return Stream.of(
                        Optional.ofNullable(System.getenv("TIERCEL_HOME")),
                        Optional.ofNullable(System.getProperty("tiercel.root")),
                        Optional.of(""))
                .flatMap(Optional::stream)
                .map(home -> Path.of(home).resolve("probe-c/build/libtiercel-probe.so"))
                .distinct()
                .toList();
    }
}
