package dev.tiercel.collector.node;

/// An open file descriptor, as far as it is known. Immutable; may be shared by processes.
public final class Descriptor {
    public static final int UNKNOWN = 0;
    public static final int FILE = 1;
    public static final int DIRECTORY = 2;
    public static final int PIPE = 3;
    public static final int CHARACTER_DEVICE = 4;
    public static final int BLOCK_DEVICE = 5;
    public static final int EVENT = 6;
    public static final int SIGNAL = 7;
    public static final int EPOLL = 8;
    public static final int INOTIFY = 9;
    public static final int TIMER = 10;
    public static final int BPF = 11;
    public static final int USERFAULT = 12;
    public static final int IO_URING = 13;
    public static final int MEMFD = 14;
    public static final int PID = 15;
    /// Not in a batch, which has another record for sockets.
    public static final int SOCKET = 100;

    private static final int S_IFMT = 0xf000;
    private static final Descriptor OPEN_SOCKET = new Descriptor(SOCKET, ProcessState.NOTHING, 0, false);
    private static final Descriptor CLOSING_SOCKET = new Descriptor(SOCKET, ProcessState.NOTHING, 0, true);

    private final int kind;
    private final byte[] path;
    private final long inode;
    private final boolean closeOnExec;

    /// @param kind `FileDescriptor.kind`, or [#SOCKET]
    /// @param path as the kernel has it, not modified afterwards; empty for a socket
    /// @param inode 0: unknown
    /// @param closeOnExec closed at the next exec
    public Descriptor(int kind, byte[] path, long inode, boolean closeOnExec) {
        this.kind = kind;
        this.path = path;
        this.inode = inode;
        this.closeOnExec = closeOnExec;
    }

    public int kind() {
        return kind;
    }

    public byte[] path() {
        return path;
    }

    public long inode() {
        return inode;
    }

    public boolean closeOnExec() {
        return closeOnExec;
    }

    /// The kind of a file with this `st_mode`; [#UNKNOWN] for 0.
    public static int kindOfMode(int mode) {
        return switch (mode & S_IFMT) {
            case 0x8000 -> FILE;
            case 0x4000 -> DIRECTORY;
            case 0x1000 -> PIPE;
            case 0x2000 -> CHARACTER_DEVICE;
            case 0x6000 -> BLOCK_DEVICE;
            default -> UNKNOWN;
        };
    }

    /// A socket, without its endpoints: the probe reports them with every call.
    public static Descriptor socket(boolean closeOnExec) {
        return closeOnExec ? CLOSING_SOCKET : OPEN_SOCKET;
    }

    /// A duplicate, as dup(2) makes it.
    public Descriptor copy(boolean copyCloseOnExec) {
        return copyCloseOnExec == closeOnExec ? this : new Descriptor(kind, path, inode, copyCloseOnExec);
    }
}
