package dev.tiercel.collector.capture;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `probe-c/include/tiercel_probe.h` as JNA sees it; the structs are laid out in [Probe].
/// Nothing here is called once per record.
interface ProbeLibrary extends Library {
    int kevent_abi_version();

    Pointer probe_open(Pointer options, byte[] error, long errorSize);

    int probe_ring(Pointer probe, Pointer ring);

    int probe_wait(Pointer probe, int timeoutMillis);

    int probe_snapshot(Pointer probe);

    int probe_counters(Pointer probe, Pointer counters);

    int probe_select(Pointer probe, long[] bitmap);

    int probe_default_selection(long[] bitmap);

    int probe_programs(Pointer probe, byte[] text, long size);

    void probe_close(Pointer probe);

    /// The library at `configured`, or else where the system property `tiercel.probe.library` says, or else where
    /// `make -C probe-c` puts it under `TIERCEL_HOME`.
    ///
    /// @throws ProbeException if it is not there or cannot be loaded; the message says what to do
    static ProbeLibrary load(Optional<Path> configured) {
        Path path = locate(configured);
        try {
            return Native.load(path.toAbsolutePath().toString(), ProbeLibrary.class);
        } catch (UnsatisfiedLinkError e) {
            throw new ProbeException(
                    "cannot load the probe library " + path + ": " + e.getMessage()
                            + " (it needs libbpf1, libelf1 and zlib1g; or rebuild it: make -C probe-c)",
                    e);
        }
    }

    /// The file that [#load] takes.
    static Path locate(Optional<Path> configured) {
        List<Path> candidates = candidates(configured);
        return candidates.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new ProbeException("the probe library is not there; looked at " + candidates
                        + "; build it with: make -C probe-c"));
    }

    private static List<Path> candidates(Optional<Path> configured) {
        Optional<Path> named = configured.or(() ->
                Optional.ofNullable(System.getProperty("tiercel.probe.library")).map(Path::of));
        if (named.isPresent()) {
            return List.of(named.get());
        }
        List<Path> homes = new ArrayList<>();
        Optional.ofNullable(System.getenv("TIERCEL_HOME")).map(Path::of).ifPresent(homes::add);
        Optional.ofNullable(System.getProperty("tiercel.root")).map(Path::of).ifPresent(homes::add);
        homes.add(Path.of(""));
        return homes.stream()
                .map(home -> home.resolve("probe-c/build/libtiercel-probe.so"))
                .distinct()
                .toList();
    }
}
