package dev.tiercel.kevent;

/// Where and when a recording was made.
///
/// @param abiVersion `KEVENT_ABI_VERSION` of the probe that wrote the records
/// @param hostname the node
/// @param kernelRelease as `uname -r`
/// @param bootTimeEpochNanos what to add to `ktime` to get nanoseconds since the epoch
/// @param createdEpochNanos when the recording began, nanoseconds since the epoch
public record KevHeader(
        int abiVersion, String hostname, String kernelRelease, long bootTimeEpochNanos, long createdEpochNanos) {}
