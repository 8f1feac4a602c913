package dev.tiercel.benchmarks.live;

import dev.tiercel.cli.output.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// A process of somebody else's that is measured beside ours.
///
/// @param name its comm
record OtherProcess(int pid, String name) {
    /// Finds it by process id, by comm, or by the file name of its executable.
    ///
    /// @param proc `/proc`
    /// @throws EnvironmentException if there is none, or more than one
    static OtherProcess find(Path proc, String wanted) throws IOException {
        List<OtherProcess> found;
        try (Stream<Path> listed = Files.list(proc)) {
            found = listed.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.matches("\\d+"))
                    .filter(id -> wanted.matches("\\d+") ? id.equals(wanted) : isNamed(proc.resolve(id), wanted))
                    .map(id -> new OtherProcess(Integer.parseInt(id), comm(proc.resolve(id))))
                    .toList();
        }
        if (found.isEmpty()) throw new EnvironmentException("no process " + wanted + "; start it first");
        if (found.size() > 1) {
            throw new EnvironmentException("%d processes are named %s: give the number of one of %s"
                    .formatted(
                            found.size(),
                            wanted,
                            found.stream().map(OtherProcess::pid).sorted().toList()));
        }
        return found.getFirst();
    }

    private static boolean isNamed(Path folder, String wanted) {
        return comm(folder).equals(wanted) || executable(folder).equals(wanted);
    }

    /// Empty if it has ended.
    private static String comm(Path folder) {
        try {
            return Files.readString(folder.resolve("comm")).strip();
        } catch (IOException ended) {
            return "";
        }
    }

    /// Empty for a thread of the kernel.
    private static String executable(Path folder) {
        try {
            return Files.readSymbolicLink(folder.resolve("exe")).getFileName().toString();
        } catch (IOException none) {
            return "";
        }
    }

    /// @throws EnvironmentException if it has ended
    ProcessSample sample() {
        try {
            return ProcessSample.read(Path.of("/proc", Integer.toString(pid)));
        } catch (IOException ended) {
            throw new EnvironmentException("process %d (%s) has ended".formatted(pid, name), ended);
        }
    }
}
