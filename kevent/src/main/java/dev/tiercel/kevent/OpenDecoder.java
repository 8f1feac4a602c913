package dev.tiercel.kevent;

/// A call of the open family: `struct kevent_open` of `probe-c/include/kevent.h`, read in place and valid until the
/// handler returns. The first 64 bytes are the header, whose accessors this type inherits.
/// ```
///  64    72    80    84      88     92      96          100     104  106        108        110
///  | ret | ino | dev | flags | mode | dirfd | file_mode | state | nr | path_len | file_len |
///  110       112       120
///  | dir_len | resolve |
/// ```
/// Then the strings, back to back: path, file, dir.
public final class OpenDecoder extends HeaderDecoder {
    static final int RET = 64;
    static final int INO = 72;
    static final int DEV = 80;
    static final int FLAGS = 84;
    static final int MODE = 88;
    static final int DIRFD = 92;
    static final int FILE_MODE = 96;
    static final int STATE = 100;
    static final int NR = 104;
    static final int PATH_LEN = 106;
    static final int FILE_LEN = 108;
    static final int DIR_LEN = 110;
    static final int RESOLVE = 112;
    /// Bytes of the struct, without the strings.
    static final int SIZE = 120;

    public long ret() {
        return LittleEndian.int64(buffer, offset + RET);
    }

    public long ino() {
        return LittleEndian.int64(buffer, offset + INO);
    }

    public long dev() {
        return LittleEndian.unsigned32(buffer, offset + DEV);
    }

    /// `O_*`; of openat2: those in `struct open_how`.
    public int flags() {
        return LittleEndian.int32(buffer, offset + FLAGS);
    }

    public int mode() {
        return LittleEndian.int32(buffer, offset + MODE);
    }

    /// `AT_FDCWD` for open and creat.
    public int dirfd() {
        return LittleEndian.int32(buffer, offset + DIRFD);
    }

    /// `i_mode`; 0 if the call failed.
    public int fileMode() {
        return LittleEndian.int32(buffer, offset + FILE_MODE);
    }

    /// Bits `KEVENT_OPEN_*`.
    public int state() {
        return LittleEndian.int32(buffer, offset + STATE);
    }

    /// `RESOLVE_*` of openat2; 0 of other calls, and in recordings of ABI versions before 3.
    public long resolve() {
        return LittleEndian.int64(buffer, offset + RESOLVE);
    }

    public int nr() {
        return LittleEndian.unsigned16(buffer, offset + NR);
    }

    public int pathOffset() {
        return offset + SIZE;
    }

    public int pathLength() {
        return LittleEndian.unsigned16(buffer, offset + PATH_LEN);
    }

    byte[] pathBytes() {
        return LittleEndian.bytes(buffer, pathOffset(), pathLength());
    }

    public int fileOffset() {
        return pathOffset() + pathLength();
    }

    public int fileLength() {
        return LittleEndian.unsigned16(buffer, offset + FILE_LEN);
    }

    public byte[] fileBytes() {
        return LittleEndian.bytes(buffer, fileOffset(), fileLength());
    }

    public int dirOffset() {
        return fileOffset() + fileLength();
    }

    public int dirLength() {
        return LittleEndian.unsigned16(buffer, offset + DIR_LEN);
    }

    byte[] dirBytes() {
        return LittleEndian.bytes(buffer, dirOffset(), dirLength());
    }
}
