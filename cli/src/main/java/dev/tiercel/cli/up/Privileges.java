package dev.tiercel.cli.up;

/// What the collector may need of the kernel, as help, `doctor` and documents name it; the bits are those of `CapEff`.
public final class Privileges {
    /// Without these the probe does not load.
    public static final String REQUIRED = "CAP_BPF and CAP_PERFMON";

    /// Lets the collector read the passwd file of a container, for the names of its users.
    static final String OPTIONAL = "CAP_SYS_PTRACE";

    /// Where it is explained.
    public static final String DOCUMENT = "docs/operating.md, section Privileges";

    private static final int CAP_SYS_PTRACE = 19, CAP_SYS_ADMIN = 21, CAP_PERFMON = 38, CAP_BPF = 39;

    private Privileges() {}

    static boolean allowProbe(long effective) {
        return has(effective, CAP_SYS_ADMIN) || (has(effective, CAP_BPF) && has(effective, CAP_PERFMON));
    }

    static boolean allowContainerFiles(long effective) {
        return has(effective, CAP_SYS_PTRACE);
    }

    private static boolean has(long capabilities, int number) {
        return (capabilities >>> number & 1) == 1;
    }
}
