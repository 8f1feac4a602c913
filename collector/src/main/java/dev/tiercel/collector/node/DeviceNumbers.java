package dev.tiercel.collector.node;

/// The two forms of a device number.
public final class DeviceNumbers {
    private DeviceNumbers() {}

    /// The kernel's `dev_t` (major << 20 | minor) as stat(2) and /proc give it (include/linux/kdev_t.h,
    /// new_encode_dev): pts/0 is 0x8800.
    public static long asStat(long kernel) {
        long major = kernel >> 20;
        long minor = kernel & 0xfffff;
        return (minor & 0xff) | major << 8 | (minor & ~0xffL) << 12;
    }
}
