package dev.tiercel.kevent;

/// The values of [HeaderDecoder#type()]: `enum kevent_type`.
public final class KeventType {
    /// A process found at start-up: state, not an event; [ProcessDecoder].
    public static final int PROCESS = 1;

    /// A successful execve or execveat, with the state after it; [ProcessDecoder].
    public static final int EXEC = 2;

    /// A new process, not a thread; [ForkDecoder].
    public static final int FORK = 3;

    /// A process ended; [ExitDecoder].
    public static final int EXIT = 4;

    /// Any other syscall; [SyscallDecoder].
    public static final int SYSCALL = 5;

    /// open, openat, openat2, creat, open_by_handle_at; [OpenDecoder].
    public static final int OPEN = 6;

    /// A call on a socket descriptor; [SocketDecoder].
    public static final int SOCKET = 7;

    private KeventType() {}
}
