package dev.tiercel.fields.syscall;

import java.util.List;
import java.util.stream.Collectors;

/// `thread.cgroups` from the single path of a process in the unified hierarchy (or the first of the legacy ones).
final class Cgroups {

    private static final List<String> SUBSYSTEMS =
            List.of("cpuset", "cpu", "cpuacct", "io", "memory", "devices", "freezer", "net_cls", "perf_event", "pids");

    private Cgroups() {}

    static boolean known(String subsystem) {
        return SUBSYSTEMS.contains(subsystem);
    }

    /// `cpuset=/path cpu=/path ...`
    static String all(String path) {
        return SUBSYSTEMS.stream().map(subsystem -> subsystem + "=" + path).collect(Collectors.joining(" "));
    }
}
