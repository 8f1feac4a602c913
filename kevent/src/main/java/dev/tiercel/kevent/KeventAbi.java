package dev.tiercel.kevent;

/// The version of `probe-c/include/kevent.h`.
public final class KeventAbi {
    /// `KEVENT_ABI_VERSION`: what the probe library must have been built with.
    public static final int VERSION = AbiLayout.read().version();

    /// The version from which on recordings are read: numbers were appended to structs since, no more.
    static final int OLDEST_READABLE = 1;

    /// The versions that are read, in words.
    static final String READABLE = OLDEST_READABLE == VERSION ? "" + VERSION : OLDEST_READABLE + " to " + VERSION;

    private KeventAbi() {}
}
