package dev.tiercel.kevent;

/// The version and the bounds of `probe-c/include/kevent.h`.
public final class KeventAbi {
    /// `KEVENT_ABI_VERSION`: what the probe library must have been made with.
    public static final int VERSION = AbiLayout.read().version();

    /// The version from which on recordings are read: numbers were appended to `struct kevent_process` since, no more.
    static final int OLDEST_READABLE = 1;

    /// The versions that are read, in words.
    static final String READABLE = OLDEST_READABLE == VERSION ? "" + VERSION : OLDEST_READABLE + " to " + VERSION;

    /// Bytes; longer paths are cut and [HeaderDecoder#FLAG_TRUNCATED] is set. So with the other bounds.
    public static final int PATH_MAX = 4096;

    public static final int ARGV_MAX = 8192;
    public static final int ENV_MAX = 4096;
    public static final int CGROUP_MAX = 1024;

    private KeventAbi() {}
}
