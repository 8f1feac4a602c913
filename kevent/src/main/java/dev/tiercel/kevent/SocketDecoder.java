package dev.tiercel.kevent;

/// A call on a socket: `struct kevent_socket` of `probe-c/include/kevent.h`, read in place and valid until the
/// handler returns. The first 64 bytes are the header, whose accessors this type inherits.
/// ```
///  64    72     120   128          144           160         176          178           180
///  | ret | args | ino | local_addr | remote_addr | user_addr | local_port | remote_port |
///  180         182           184      186         188        190     192  196  198         200
///  | user_port | user_family | family | sock_type | protocol | state | fd | nr | local_len |
///  200          202         204     208
///  | remote_len | is_server | queue |
/// ```
/// Then the strings, back to back: local, remote.
public final class SocketDecoder extends HeaderDecoder {
    static final int RET = 64;
    static final int ARGS = 72;
    static final int INO = 120;
    static final int LOCAL_ADDR = 128;
    static final int REMOTE_ADDR = 144;
    static final int USER_ADDR = 160;
    static final int LOCAL_PORT = 176;
    static final int REMOTE_PORT = 178;
    static final int USER_PORT = 180;
    static final int USER_FAMILY = 182;
    static final int FAMILY = 184;
    static final int SOCK_TYPE = 186;
    static final int PROTOCOL = 188;
    static final int STATE = 190;
    static final int FD = 192;
    static final int NR = 196;
    static final int LOCAL_LEN = 198;
    static final int REMOTE_LEN = 200;
    static final int IS_SERVER = 202;
    static final int QUEUE = 204;
    /// Bytes of the struct, without the strings.
    static final int SIZE = 208;

    public long ret() {
        return LittleEndian.int64(buffer, offset + RET);
    }

    /// The argument at `index` (0 to 5), as passed.
    public long arg(int index) {
        return LittleEndian.int64(buffer, offset + ARGS + 8 * index);
    }

    /// Inode of the socket; 0 if there is none.
    public long ino() {
        return LittleEndian.int64(buffer, offset + INO);
    }

    public int localAddrOffset() {
        return offset + LOCAL_ADDR;
    }

    public int remoteAddrOffset() {
        return offset + REMOTE_ADDR;
    }

    /// The address that the caller passed; of recvfrom and recvmsg: the one returned to it.
    public int userAddrOffset() {
        return offset + USER_ADDR;
    }

    public int localPort() {
        return LittleEndian.unsigned16(buffer, offset + LOCAL_PORT);
    }

    public int remotePort() {
        return LittleEndian.unsigned16(buffer, offset + REMOTE_PORT);
    }

    public int userPort() {
        return LittleEndian.unsigned16(buffer, offset + USER_PORT);
    }

    /// `AF_*`; 0 if none was passed.
    public int userFamily() {
        return LittleEndian.unsigned16(buffer, offset + USER_FAMILY);
    }

    /// `AF_*`; 0 if there is no socket.
    public int family() {
        return LittleEndian.unsigned16(buffer, offset + FAMILY);
    }

    /// `SOCK_STREAM` and so on.
    public int sockType() {
        return LittleEndian.unsigned16(buffer, offset + SOCK_TYPE);
    }

    /// `IPPROTO_*`.
    public int protocol() {
        return LittleEndian.unsigned16(buffer, offset + PROTOCOL);
    }

    /// State of a TCP socket, such as `TCP_LISTEN`; 0 for others.
    public int state() {
        return LittleEndian.unsigned16(buffer, offset + STATE);
    }

    /// The descriptor that the call is about: of accept, dup and socket the new one; -1 if there is none.
    public int fd() {
        return LittleEndian.int32(buffer, offset + FD);
    }

    public int nr() {
        return LittleEndian.unsigned16(buffer, offset + NR);
    }

    /// 1 if the socket came from accept, or listens; else 0.
    public int isServer() {
        return LittleEndian.unsigned16(buffer, offset + IS_SERVER);
    }

    /// Of accept: `backlog length << 16 | backlog maximum`, capped; of socketpair: the second descriptor; else 0.
    public long queue() {
        return LittleEndian.unsigned32(buffer, offset + QUEUE);
    }

    public int localOffset() {
        return offset + SIZE;
    }

    public int localLength() {
        return LittleEndian.unsigned16(buffer, offset + LOCAL_LEN);
    }

    byte[] localBytes() {
        return LittleEndian.bytes(buffer, localOffset(), localLength());
    }

    public int remoteOffset() {
        return localOffset() + localLength();
    }

    public int remoteLength() {
        return LittleEndian.unsigned16(buffer, offset + REMOTE_LEN);
    }

    byte[] remoteBytes() {
        return LittleEndian.bytes(buffer, remoteOffset(), remoteLength());
    }
}
