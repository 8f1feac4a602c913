package dev.tiercel.schemas;

import java.util.Arrays;

/// The descriptor of the current event of a [BatchCursor]; accessors are named like the fields of FileDescriptor and
/// SocketDescriptor.
///
/// Fields that the descriptor's kind does not have are 0, empty or false. Valid until the cursor moves.
public final class EventDescriptor {

    /// [#number()] of a descriptor that exists as far as is known: the call's result is not (io_uring).
    public static final int UNKNOWN_NUMBER = Integer.MAX_VALUE;

    private static final DescriptorKind[] KINDS = DescriptorKind.values();

    private final TextCache texts;
    private byte[] record = {};
    private DescriptorKind kind = DescriptorKind.NONE;
    private int number;
    private int fileKind;
    private int pathOffset;
    private int pathLength;
    private long device;
    private long inode;
    private int mode;
    private int flags;
    private int family;
    private int type;
    private int protocol;
    private int localOffset;
    private int localLength;
    private int localPort;
    private int remoteOffset;
    private int remoteLength;
    private int remotePort;
    private boolean server;
    private boolean connected;

    EventDescriptor(TextCache texts) {
        this.texts = texts;
    }

    void record(byte[] record) {
        this.record = record;
        kind = DescriptorKind.NONE;
        clear();
    }

    void read(AvroInput in) {
        long branch = in.readLong();
        if (branch < 0 || branch > 2) {
            throw BadRecordException.corrupt("descriptor union branch " + branch + " of 3");
        }
        DescriptorKind next = KINDS[(int) branch];
        if (next != kind) {
            clear();
            kind = next;
        }
        switch (next) {
            case NONE -> {}
            case FILE -> readFile(in);
            case SOCKET -> readSocket(in);
        }
    }

    private void readFile(AvroInput in) {
        number = in.readInt();
        fileKind = in.readInt();
        readPath(in);
        device = in.readLong();
        inode = in.readLong();
        mode = in.readInt();
        flags = in.readInt();
    }

    private void readSocket(AvroInput in) {
        number = in.readInt();
        family = in.readInt();
        type = in.readInt();
        protocol = in.readInt();
        localLength = in.readLength();
        localOffset = in.position();
        in.position(localOffset + localLength);
        localPort = in.readInt();
        remoteLength = in.readLength();
        remoteOffset = in.position();
        in.position(remoteOffset + remoteLength);
        remotePort = in.readInt();
        server = in.readBoolean();
        readPath(in);
        inode = in.readLong();
        connected = in.readBoolean();
    }

    private void readPath(AvroInput in) {
        pathLength = in.readLength();
        pathOffset = in.position();
        in.position(pathOffset + pathLength);
    }

    private void clear() {
        number = 0;
        fileKind = 0;
        pathOffset = 0;
        pathLength = 0;
        device = 0;
        inode = 0;
        mode = 0;
        flags = 0;
        family = 0;
        type = 0;
        protocol = 0;
        localOffset = 0;
        localLength = 0;
        localPort = 0;
        remoteOffset = 0;
        remoteLength = 0;
        remotePort = 0;
        server = false;
        connected = false;
    }

    /// Whether there is one, and its kind.
    public DescriptorKind kind() {
        return kind;
    }

    /// `fd.num`; -1: the call failed; [#UNKNOWN_NUMBER].
    public int number() {
        return number;
    }

    /// FileDescriptor.kind: 1 file, 2 directory, 3 pipe ...
    public int fileKind() {
        return fileKind;
    }

    /// Absolute path of the file, or path of a unix socket.
    public String path() {
        return texts.text(record, pathOffset, pathLength);
    }

    /// Offset in [BatchCursor#record] of the path's UTF-8.
    public int pathOffset() {
        return pathOffset;
    }

    /// Length of the path in bytes.
    public int pathLength() {
        return pathLength;
    }

    /// Device number of the file system; 0: unknown.
    public long device() {
        return device;
    }

    /// 0: unknown.
    public long inode() {
        return inode;
    }

    /// st_mode; 0: unknown.
    public int mode() {
        return mode;
    }

    /// FileDescriptor.flags: 1 created by this call, 2 overlay upper layer, 4 overlay lower layer.
    public int flags() {
        return flags;
    }

    /// AF_*.
    public int family() {
        return family;
    }

    /// SOCK_*.
    public int socketType() {
        return type;
    }

    /// IPPROTO_*.
    public int protocol() {
        return protocol;
    }

    /// 4 or 16 bytes in network order, a copy; empty: unknown.
    byte[] localAddress() {
        return Arrays.copyOfRange(record, localOffset, localOffset + localLength);
    }

    /// Offset in [BatchCursor#record] of the local address.
    public int localOffset() {
        return localOffset;
    }

    /// Length of the local address in bytes; 0: unknown.
    public int localLength() {
        return localLength;
    }

    /// 0: unknown.
    public int localPort() {
        return localPort;
    }

    /// 4 or 16 bytes in network order, a copy; empty: not connected.
    byte[] remoteAddress() {
        return Arrays.copyOfRange(record, remoteOffset, remoteOffset + remoteLength);
    }

    /// Offset in [BatchCursor#record] of the remote address.
    public int remoteOffset() {
        return remoteOffset;
    }

    /// Length of the remote address in bytes; 0: not connected.
    public int remoteLength() {
        return remoteLength;
    }

    /// 0: unknown.
    public int remotePort() {
        return remotePort;
    }

    /// Whether this end accepted or listens.
    public boolean server() {
        return server;
    }

    /// `fd.connected`.
    public boolean connected() {
        return connected;
    }
}
