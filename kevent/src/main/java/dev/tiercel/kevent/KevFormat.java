package dev.tiercel.kevent;

/// The file format of recordings, `.kev`: a header, then records as they were on the ring. Little endian.
/// ```
///  0       4            6     8              16        24            28         30            32
///  | TKEV  | format = 1 | abi | boot time ns | created | header size | host len | release len | host release pad |
///
///  0        4                         8
///  | length | CRC-32C of the record   | record | padding to 8 |            repeated until the end of the file
/// ```
/// `abi` is `KEVENT_ABI_VERSION` of the probe. The times are nanoseconds since the epoch; boot time is the moment
/// from which the records' `ktime` counts. Host name and kernel release are UTF-8. The header size is a multiple of 8
/// and may grow in later formats. A file may end in the middle of a record, if the recorder was killed.
final class KevFormat {
    static final int MAGIC = 0x56454b54; // "TKEV"
    static final int FORMAT = 1;

    static final int FORMAT_AT = 4;
    static final int ABI_AT = 6;
    static final int BOOT_TIME_AT = 8;
    static final int CREATED_AT = 16;
    static final int HEADER_SIZE_AT = 24;
    static final int HOST_LENGTH_AT = 28;
    static final int RELEASE_LENGTH_AT = 30;
    static final int FIXED_SIZE = 32;

    static final int LENGTH_AT = 0;
    static final int CHECKSUM_AT = 4;
    static final int PREFIX = 8;

    /// Bytes; a header that claims more is corrupt.
    static final int MAX_HEADER = 4096;

    /// Bytes; a record that claims more is corrupt. The ABI's largest record is smaller.
    static final int MAX_RECORD = 512 * 1024;

    private KevFormat() {}

    static int padded(int length) {
        return (length + 7) & ~7;
    }
}
