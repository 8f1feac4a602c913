package dev.tiercel.collector.node;

/// Converts between the two encodings of a device number.
public final class DeviceNumbers {
    private DeviceNumbers() {}

    /// The kernel's `dev_t` (major << 20 | minor) in the encoding of stat(2) and /proc: pts/0 is 0x8800.
    ///
    /// Source: new_encode_dev in include/linux/kdev_t.h.
    public static long asStat(long kernel) {
        long major = kernel >> 20;
        long minor = kernel & 0xfffff;
        return (minor & 0xff) | major << 8 | (minor & ~0xffL) << 12;
    }
}
