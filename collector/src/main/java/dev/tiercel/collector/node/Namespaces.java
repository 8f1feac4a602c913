package dev.tiercel.collector.node;

/// Indices of [ProcessState]'s namespaces, and the fixed inodes of the initial ones (include/linux/proc_ns.h).
final class Namespaces {
    static final int MNT = 0;
    static final int PID = 1;
    static final int NET = 2;
    static final int USER = 3;
    static final int UTS = 4;
    static final int IPC = 5;
    static final int CGROUP = 6;

    static final long INITIAL_PID = 0xEFFFFFFCL;
    static final long INITIAL_USER = 0xEFFFFFFDL;

    private static final long[] CLONE_FLAGS = {
        0x00020000L, 0x20000000L, 0x40000000L, 0x10000000L, 0x04000000L, 0x08000000L, 0x02000000L
    };

    private Namespaces() {}

    /// The namespaces, with 0 (unknown) for those that `cloneFlags` (CLONE_NEW*) replaces; the same array if there are
    /// none.
    static long[] replaced(long[] namespaces, long cloneFlags) {
        long all = 0;
        for (long flag : CLONE_FLAGS) {
            all |= flag;
        }
        if ((cloneFlags & all) == 0) {
            return namespaces;
        }
        long[] result = namespaces.clone();
        for (int i = 0; i < CLONE_FLAGS.length; i++) {
            result[i] = (cloneFlags & CLONE_FLAGS[i]) != 0 ? 0 : result[i];
        }
        return result;
    }
}
