package dev.tiercel.collector.translate;

import dev.tiercel.collector.node.Descriptor;
import dev.tiercel.collector.node.ProcessEntry;
import dev.tiercel.collector.node.StateChanges;
import dev.tiercel.kevent.HeaderDecoder;
import dev.tiercel.kevent.SocketDecoder;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.EventDescriptor;
import dev.tiercel.schemas.EventType;
import java.nio.ByteBuffer;

/// Events of socket calls.
final class SocketEvents {
    private static final int AF_UNIX = 1;
    private static final int SOCK_TYPE_MASK = 0xf;
    private static final int TCP_ESTABLISHED = 1;
    private static final byte[] NO_PATH = {};

    private final StateChanges changes;
    private final AddressFormatter text = new AddressFormatter();
    private final Endpoint local = new Endpoint();
    private final Endpoint remote = new Endpoint();
    private final Endpoint passed = new Endpoint();

    SocketEvents(StateChanges changes) {
        this.changes = changes;
    }

    /// Applies a successful call that made a descriptor.
    void apply(Call call, SocketDecoder record, ProcessEntry process) {
        if (record.ret() < 0 || !makesDescriptor(call.type())) {
            return;
        }
        Descriptor socket = Descriptor.socket(call.closesOnExec(record.arg(1), record.arg(2), record.arg(3)));
        changes.descriptor(process, record.fd(), socket);
        if (call.type() == EventType.SOCKETPAIR) {
            changes.descriptor(process, (int) record.queue(), socket);
        }
    }

    /// Writes the event, from its arguments on.
    void write(Call call, SocketDecoder record, ByteBuffer data, BatchWriter writer) {
        ends(call.type(), record, data);
        writer.arguments(call.arguments().size());
        for (int i = 0; i < call.arguments().size(); i++) {
            argument(call.arguments().get(i), record, data, writer);
        }
        writer.paths(0);
        descriptor(call, record, data, writer);
    }

    /// Both endpoints after the call: from the kernel, or else as the caller passed them.
    private void ends(EventType type, SocketDecoder record, ByteBuffer data) {
        local.set(record.family(), record.localAddrOffset(), record.localPort(), data);
        remote.set(record.family(), record.remoteAddrOffset(), record.remotePort(), data);
        passed.set(record.userFamily(), record.userAddrOffset(), record.userPort(), data);
        if (type == EventType.BIND) {
            local.fallBackTo(passed);
        } else {
            remote.fallBackTo(passed);
        }
    }

    private void argument(Call.ArgumentMapping mapping, SocketDecoder record, ByteBuffer data, BatchWriter writer) {
        switch (mapping.value()) {
            case RESULT -> writer.argument(record.ret());
            case ARGUMENT, ARGUMENT_INT, ARGUMENT_UNSIGNED -> passed(mapping, record, writer);
            case TUPLE -> tuple(record, data, writer);
            case ADDRESS -> address(record, data, writer);
            case FIRST -> pairDescriptor(record, record.fd(), writer);
            case SECOND -> pairDescriptor(record, record.queue(), writer);
            case QUEUE_PERCENT -> writer.argument(percent(record.queue()));
            case QUEUE_LENGTH -> writer.argument(record.queue() >> 16);
            case QUEUE_MAXIMUM -> writer.argument(record.queue() & 0xffff);
            default -> writer.argumentNull();
        }
    }

    /// An argument as passed; the descriptor is null if it is not known.
    private static void passed(Call.ArgumentMapping mapping, SocketDecoder record, BatchWriter writer) {
        if (mapping.index() == 0 && isRegistered(record)) {
            writer.argumentNull();
        } else {
            writer.argument(mapping.number(record.arg(mapping.index())));
        }
    }

    /// A descriptor of a pair; null if the call failed.
    private static void pairDescriptor(SocketDecoder record, long number, BatchWriter writer) {
        if (record.ret() < 0) {
            writer.argumentNull();
        } else {
            writer.argument(number);
        }
    }

    private static long percent(long queue) {
        long maximum = queue & 0xffff;
        return maximum == 0 ? 0 : 100 * (queue >> 16) / maximum;
    }

    /// client->server; for a unix socket, its path.
    private void tuple(SocketDecoder record, ByteBuffer data, BatchWriter writer) {
        if (record.family() == AF_UNIX) {
            unixPath(record, data, writer);
            return;
        }
        if (!remote.known()) {
            writer.argumentNull();
            return;
        }
        boolean server = record.isServer() != 0;
        boolean mapped = remote.mapped(data) && (local.mapped(data) || !local.known());
        text.clear();
        (server ? remote : local).print(text, data, mapped);
        text.append('-');
        text.append('>');
        (server ? local : remote).print(text, data, mapped);
        writer.argument(text.bytes(), 0, text.length());
    }

    private void address(SocketDecoder record, ByteBuffer data, BatchWriter writer) {
        if (record.userFamily() == AF_UNIX) {
            unixPath(record, data, writer);
        } else if (passed.size() == 0) {
            writer.argumentNull();
        } else {
            text.clear();
            passed.printBracketed(text, data);
            writer.argument(text.bytes(), 0, text.length());
        }
    }

    private void unixPath(SocketDecoder record, ByteBuffer data, BatchWriter writer) {
        byte[] path = unixPath(record, data);
        if (path.length == 0) {
            writer.argumentNull();
        } else {
            writer.argument(path, 0, path.length);
        }
    }

    /// Path of the remote or else the local end; an abstract name begins with `@` in place of NUL.
    private static byte[] unixPath(SocketDecoder record, ByteBuffer data) {
        boolean remoteNamed = record.remoteLength() > 0;
        int length = remoteNamed ? record.remoteLength() : record.localLength();
        if (length == 0) {
            return NO_PATH;
        }
        byte[] path = new byte[length];
        data.get(remoteNamed ? record.remoteOffset() : record.localOffset(), path);
        path[0] = path[0] == 0 ? (byte) '@' : path[0];
        return path;
    }

    private void descriptor(Call call, SocketDecoder record, ByteBuffer data, BatchWriter writer) {
        EventType type = call.type();
        int family = record.family() != 0 ? record.family() : fallbackFamily(type, record);
        boolean requested = type == EventType.SOCKET && record.family() == 0; // it failed: report what was requested
        writer.beginSocketDescriptor(
                number(call, record),
                family,
                requested ? (int) record.arg(1) & SOCK_TYPE_MASK : record.sockType(),
                requested ? (int) record.arg(2) : record.protocol());
        local.write(writer, data);
        remote.write(writer, data);
        byte[] path = family == AF_UNIX ? unixPath(record, data) : NO_PATH;
        writer.endSocketDescriptor(record.isServer() != 0, path, record.ino(), connected(type, record));
    }

    /// Whether the socket is a registered file of an io_uring, which has no number.
    private static boolean isRegistered(SocketDecoder record) {
        return record.fd() < 0 && (record.recordFlags() & HeaderDecoder.FLAG_IO_URING) != 0;
    }

    private static int number(Call call, SocketDecoder record) {
        if (isRegistered(record)) {
            return EventDescriptor.UNKNOWN_NUMBER;
        }
        if (call.descriptor().role() == Call.DescriptorRole.COPY) {
            return call.duplicated(record.ret(), record.arg(0));
        }
        return record.ret() < 0 && makesDescriptor(call.type()) ? -1 : record.fd();
    }

    private static boolean makesDescriptor(EventType type) {
        return switch (type) {
            case SOCKET, SOCKETPAIR, ACCEPT, ACCEPT4, DUP, DUP2, DUP3, FCNTL -> true;
            default -> false;
        };
    }

    private static int fallbackFamily(EventType type, SocketDecoder record) {
        return type == EventType.SOCKET || type == EventType.SOCKETPAIR ? (int) record.arg(0) : record.userFamily();
    }

    /// Whether the kernel knows a peer; for connect, whether it succeeded.
    private static boolean connected(EventType type, SocketDecoder record) {
        if (type == EventType.CONNECT) {
            return record.ret() == 0;
        }
        return record.state() == TCP_ESTABLISHED || record.remotePort() != 0 || record.remoteLength() > 0;
    }
}
