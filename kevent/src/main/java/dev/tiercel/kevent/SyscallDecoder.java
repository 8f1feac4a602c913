package dev.tiercel.kevent;

/// Any other syscall; its number decides what its strings, four at most, are.
/// `struct kevent_syscall` of `probe-c/include/kevent.h`, read in place and valid until the handler returns.
/// The first 64 bytes are the header, whose accessors this type inherits.
/// ```
///  64    72     120  122       130         132   136   144
///  | ret | args | nr | str_len | file_mode | dev | ino |
/// ```
/// Then the four strings, back to back.
public final class SyscallDecoder extends HeaderDecoder {
    static final int RET = 64;
    static final int ARGS = 72;
    static final int NR = 120;
    static final int STR_LEN = 122;
    static final int FILE_MODE = 130;
    static final int DEV = 132;
    static final int INO = 136;
    /// Bytes of the struct, without the strings.
    static final int SIZE = 144;

    public long ret() {
        return LittleEndian.int64(buffer, offset + RET);
    }

    /// The argument at `index` (0 to 5), as passed.
    public long arg(int index) {
        return LittleEndian.int64(buffer, offset + ARGS + 8 * index);
    }

    /// Native syscall number.
    public int nr() {
        return LittleEndian.unsigned16(buffer, offset + NR);
    }

    /// Where string `index` (0 to 3) starts in the buffer.
    public int stringOffset(int index) {
        int at = offset + SIZE;
        for (int earlier = 0; earlier < index; earlier++) {
            at += stringLength(earlier);
        }
        return at;
    }

    /// Bytes of string `index` (0 to 3); 0 if the call has none.
    public int stringLength(int index) {
        return LittleEndian.unsigned16(buffer, offset + STR_LEN + 2 * index);
    }

    public byte[] stringBytes(int index) {
        return LittleEndian.bytes(buffer, stringOffset(index), stringLength(index));
    }

    /// `i_mode` of the file behind the call's descriptor; 0 if there is none.
    public int fileMode() {
        return LittleEndian.unsigned16(buffer, offset + FILE_MODE);
    }

    /// Device of that file; 0: not known, as in recordings of ABI versions before 3.
    public long dev() {
        return LittleEndian.unsigned32(buffer, offset + DEV);
    }

    /// Inode of that file; 0: not known, as in recordings of ABI versions before 3.
    public long ino() {
        return LittleEndian.int64(buffer, offset + INO);
    }
}
