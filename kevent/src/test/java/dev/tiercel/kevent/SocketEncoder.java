package dev.tiercel.kevent;

/// Writes `struct kevent_socket`: what [SocketDecoder] reads.
public final class SocketEncoder extends HeaderEncoder<SocketEncoder> {
    public SocketEncoder() {
        super(KeventType.SOCKET, SocketDecoder.SIZE);
    }

    @Override
    SocketEncoder self() {
        return this;
    }

    public SocketEncoder ret(long value) {
        LittleEndian.putInt64(buffer, offset + SocketDecoder.RET, value);
        return this;
    }

    public SocketEncoder arg(int index, long value) {
        LittleEndian.putInt64(buffer, offset + SocketDecoder.ARGS + 8 * index, value);
        return this;
    }

    public SocketEncoder ino(long value) {
        LittleEndian.putInt64(buffer, offset + SocketDecoder.INO, value);
        return this;
    }

    public SocketEncoder localAddr(byte[] value) {
        return fixed(SocketDecoder.LOCAL_ADDR, value, 16);
    }

    public SocketEncoder remoteAddr(byte[] value) {
        return fixed(SocketDecoder.REMOTE_ADDR, value, 16);
    }

    public SocketEncoder userAddr(byte[] value) {
        return fixed(SocketDecoder.USER_ADDR, value, 16);
    }

    public SocketEncoder localPort(int value) {
        LittleEndian.putInt16(buffer, offset + SocketDecoder.LOCAL_PORT, value);
        return this;
    }

    public SocketEncoder remotePort(int value) {
        LittleEndian.putInt16(buffer, offset + SocketDecoder.REMOTE_PORT, value);
        return this;
    }

    public SocketEncoder userPort(int value) {
        LittleEndian.putInt16(buffer, offset + SocketDecoder.USER_PORT, value);
        return this;
    }

    public SocketEncoder userFamily(int value) {
        LittleEndian.putInt16(buffer, offset + SocketDecoder.USER_FAMILY, value);
        return this;
    }

    public SocketEncoder family(int value) {
        LittleEndian.putInt16(buffer, offset + SocketDecoder.FAMILY, value);
        return this;
    }

    public SocketEncoder sockType(int value) {
        LittleEndian.putInt16(buffer, offset + SocketDecoder.SOCK_TYPE, value);
        return this;
    }

    public SocketEncoder protocol(int value) {
        LittleEndian.putInt16(buffer, offset + SocketDecoder.PROTOCOL, value);
        return this;
    }

    public SocketEncoder state(int value) {
        LittleEndian.putInt16(buffer, offset + SocketDecoder.STATE, value);
        return this;
    }

    public SocketEncoder fd(int value) {
        LittleEndian.putInt32(buffer, offset + SocketDecoder.FD, value);
        return this;
    }

    public SocketEncoder nr(int value) {
        LittleEndian.putInt16(buffer, offset + SocketDecoder.NR, value);
        return this;
    }

    public SocketEncoder isServer(int value) {
        LittleEndian.putInt16(buffer, offset + SocketDecoder.IS_SERVER, value);
        return this;
    }

    public SocketEncoder queue(long value) {
        LittleEndian.putInt32(buffer, offset + SocketDecoder.QUEUE, (int) value);
        return this;
    }

    public SocketEncoder local(byte[] value) {
        return string(0, SocketDecoder.LOCAL_LEN, value);
    }

    public SocketEncoder local(String value) {
        return local(utf8(value));
    }

    public SocketEncoder remote(byte[] value) {
        return string(1, SocketDecoder.REMOTE_LEN, value);
    }

    public SocketEncoder remote(String value) {
        return remote(utf8(value));
    }
}
