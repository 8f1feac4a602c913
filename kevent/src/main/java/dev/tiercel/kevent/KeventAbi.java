package dev.tiercel.kevent;

/// The version of `probe-c/include/kevent.h`.
public final class KeventAbi {
    /// `KEVENT_ABI_VERSION`: what the probe library and a recording must have been built with.
    public static final int VERSION = 1;

    private KeventAbi() {}
}
