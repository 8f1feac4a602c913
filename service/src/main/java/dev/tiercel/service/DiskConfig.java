package dev.tiercel.service;

/// How much of a disk must be free.
///
/// @param warnBytes fewer free bytes are announced, and make the health failing
/// @param stopBytes fewer free bytes stop the process while everything can still be written
public record DiskConfig(long warnBytes, long stopBytes) {
    private static final long MIB = 1 << 20;

    /// Reads the `disk.*` keys.
    public static DiskConfig from(Settings settings) {
        return new DiskConfig(
                settings.sizeBytes(
                        "disk.warn-bytes",
                        2048 * MIB,
                        "Free space of the data directory below which a warning is printed and /healthz fails."),
                settings.sizeBytes(
                        "disk.stop-bytes",
                        256 * MIB,
                        "Free space of the data directory below which the process shuts down, before the disk is full."));
    }
}
