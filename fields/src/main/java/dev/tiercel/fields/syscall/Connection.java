package dev.tiercel.fields.syscall;

import dev.tiercel.fields.syscall.KnownAddresses.Address;
import dev.tiercel.schemas.DescriptorKind;
import dev.tiercel.schemas.EventDescriptor;
import dev.tiercel.schemas.TextBuffer;
import dev.tiercel.schemas.TextCache;

/// The ends of a socket as rules see them: local and remote, client and server. Reused for event after event.
///
/// IPv6 sockets that speak IPv4 (mapped addresses) are IPv4 here, as in Falco. An end that is not known has no bytes.
final class Connection {

    /// What is known of the ends.
    enum Form {
        /// Nothing, or not an IP socket.
        NONE,
        /// Bound or listening: only the local end, which is the server's.
        LISTENING,
        /// Both ends.
        PAIR
    }

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int MAPPED_PREFIX_BYTES = 12;

    private final KnownAddresses known = new KnownAddresses();
    private Form form = Form.NONE;
    private boolean local4;
    private boolean server;
    private Address local = Address.NONE;
    private Address remote = Address.NONE;
    private int localPort;
    private int remotePort;

    /// Reads the ends of the socket `descriptor`, which stands in `record`.
    void read(EventDescriptor descriptor, byte[] record) {
        form = Form.NONE;
        local = Address.NONE;
        remote = Address.NONE;
        local4 = descriptor.family() == SocketFamily.IPV4;
        if (descriptor.kind() != DescriptorKind.SOCKET || !SocketFamily.isIp(descriptor.family())) {
            return;
        }
        server = descriptor.server();
        localPort = descriptor.localPort();
        remotePort = descriptor.remotePort();
        local = address(record, descriptor.localOffset(), descriptor.localLength());
        remote = address(record, descriptor.remoteOffset(), descriptor.remoteLength());
        unmap();
        if (!remote.isNone()) {
            form = Form.PAIR;
        } else if (!local.isNone() && localPort != 0) {
            form = Form.LISTENING;
        }
    }

    private Address address(byte[] record, int offset, int length) {
        return length == IPV4_BYTES || length == IPV6_BYTES ? known.of(record, offset, length) : Address.NONE;
    }

    private void unmap() {
        boolean mapped = isMapped(local) && (remote.isNone() || isMapped(remote));
        boolean mappedRemote = isMapped(remote) && (local.isNone() || isUnspecified(local));
        if (mapped || mappedRemote) {
            local = lastFour(local);
            remote = lastFour(remote);
            local4 = true;
        }
    }

    private Address lastFour(Address address) {
        return address.bytes().length == IPV6_BYTES
                ? known.of(address.bytes(), MAPPED_PREFIX_BYTES, IPV4_BYTES)
                : address;
    }

    private static boolean isMapped(Address address) {
        byte[] bytes = address.bytes();
        return bytes.length == IPV6_BYTES && bytes[10] == -1 && bytes[11] == -1 && zero(bytes, 10);
    }

    private static boolean isUnspecified(Address address) {
        return address.bytes().length == IPV6_BYTES && zero(address.bytes(), IPV6_BYTES);
    }

    private static boolean zero(byte[] address, int count) {
        for (int i = 0; i < count; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return true;
    }

    Form form() {
        return form;
    }

    /// Whether the addresses are IPv4.
    boolean ipv4() {
        return local4;
    }

    boolean server() {
        return server;
    }

    /// Both ends known.
    boolean pair() {
        return form == Form.PAIR;
    }

    byte[] client() {
        return clientEnd().bytes();
    }

    byte[] serverAddress() {
        return serverEnd().bytes();
    }

    byte[] local() {
        return pair() ? orAny(local).bytes() : Address.NONE.bytes();
    }

    byte[] remote() {
        return pair() ? remote.bytes() : Address.NONE.bytes();
    }

    private Address clientEnd() {
        return pair() ? server ? remote : orAny(local) : Address.NONE;
    }

    private Address serverEnd() {
        return switch (form) {
            case NONE -> Address.NONE;
            case LISTENING -> local;
            case PAIR -> server ? orAny(local) : remote;
        };
    }

    private Address orAny(Address address) {
        return address.isNone() ? local4 ? Address.ANY4 : Address.ANY6 : address;
    }

    long clientPort() {
        return pair() ? server ? remotePort : localPort : CurrentEvent.ABSENT;
    }

    long serverPort() {
        return switch (form) {
            case NONE -> CurrentEvent.ABSENT;
            case LISTENING -> localPort;
            case PAIR -> server ? localPort : remotePort;
        };
    }

    long localPort() {
        return pair() ? localPort : CurrentEvent.ABSENT;
    }

    long remotePort() {
        return pair() ? remotePort : CurrentEvent.ABSENT;
    }

    /// `1.2.3.4:5->6.7.8.9:80` (client to server), or the one end that is known, or empty; put together in `scratch`.
    String text(TextBuffer scratch, TextCache texts) {
        scratch.clear();
        if (pair()) {
            append(scratch, clientEnd(), clientPort());
            scratch.appendAscii("->");
        }
        if (form != Form.NONE) {
            append(scratch, serverEnd(), serverPort());
        }
        return scratch.text(texts);
    }

    private static void append(TextBuffer scratch, Address address, long port) {
        scratch.appendAscii(address.text()).append((byte) ':').appendNumber((int) port);
    }
}
