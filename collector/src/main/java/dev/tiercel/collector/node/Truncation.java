package dev.tiercel.collector.node;

/// Texts of a process of which a part is missing: bits of `Process.truncated`, and of `kevent_process.truncated`.
final class Truncation {
    static final int EXE = 1;
    static final int ARGUMENTS = 2;
    static final int ENVIRONMENT = 4;
    static final int EXE_PATH = 8;
    static final int CWD = 16;
    static final int CGROUP = 32;
    /// What a batch says of a process; the record of an exec has bits of its event as well.
    static final int OF_PROCESS = 63;

    private Truncation() {}
}
