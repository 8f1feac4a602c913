package dev.tiercel.kevent;

/// Writes `struct kevent_open`: what [OpenDecoder] reads.
public final class OpenEncoder extends HeaderEncoder<OpenEncoder> {
    public OpenEncoder() {
        super(KeventType.OPEN, OpenDecoder.SIZE);
    }

    @Override
    OpenEncoder self() {
        return this;
    }

    public OpenEncoder ret(long value) {
        LittleEndian.putInt64(buffer, offset + OpenDecoder.RET, value);
        return this;
    }

    public OpenEncoder ino(long value) {
        LittleEndian.putInt64(buffer, offset + OpenDecoder.INO, value);
        return this;
    }

    public OpenEncoder dev(long value) {
        LittleEndian.putInt32(buffer, offset + OpenDecoder.DEV, (int) value);
        return this;
    }

    public OpenEncoder flags(int value) {
        LittleEndian.putInt32(buffer, offset + OpenDecoder.FLAGS, value);
        return this;
    }

    public OpenEncoder mode(int value) {
        LittleEndian.putInt32(buffer, offset + OpenDecoder.MODE, value);
        return this;
    }

    public OpenEncoder dirfd(int value) {
        LittleEndian.putInt32(buffer, offset + OpenDecoder.DIRFD, value);
        return this;
    }

    public OpenEncoder fileMode(int value) {
        LittleEndian.putInt32(buffer, offset + OpenDecoder.FILE_MODE, value);
        return this;
    }

    public OpenEncoder state(int value) {
        LittleEndian.putInt32(buffer, offset + OpenDecoder.STATE, value);
        return this;
    }

    public OpenEncoder resolve(long value) {
        LittleEndian.putInt64(buffer, offset + OpenDecoder.RESOLVE, value);
        return this;
    }

    public OpenEncoder nr(int value) {
        LittleEndian.putInt16(buffer, offset + OpenDecoder.NR, value);
        return this;
    }

    public OpenEncoder path(byte[] value) {
        return string(0, OpenDecoder.PATH_LEN, value);
    }

    public OpenEncoder path(String value) {
        return path(utf8(value));
    }

    public OpenEncoder file(byte[] value) {
        return string(1, OpenDecoder.FILE_LEN, value);
    }

    public OpenEncoder file(String value) {
        return file(utf8(value));
    }

    public OpenEncoder dir(byte[] value) {
        return string(2, OpenDecoder.DIR_LEN, value);
    }

    public OpenEncoder dir(String value) {
        return dir(utf8(value));
    }
}
