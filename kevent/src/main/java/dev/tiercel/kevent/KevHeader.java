package dev.tiercel.kevent;

/// Where and when a recording was made.
///
/// @param abiVersion `KEVENT_ABI_VERSION` of the probe that wrote the records
/// @param hostname name of the node
/// @param kernelRelease as `uname -r`
/// @param bootTimeEpochNanos nanoseconds since the epoch at which `ktime` is 0
/// @param createdEpochNanos nanoseconds since the epoch at which the recording began
public record KevHeader(
        int abiVersion, String hostname, String kernelRelease, long bootTimeEpochNanos, long createdEpochNanos) {}
