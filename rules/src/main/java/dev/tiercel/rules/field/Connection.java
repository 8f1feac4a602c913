package dev.tiercel.rules.field;

import dev.tiercel.schemas.DescriptorKind;
import dev.tiercel.schemas.EventDescriptor;
import java.util.Arrays;

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
    private static final byte[] NO_ADDRESS = {};

    private Form form = Form.NONE;
    private boolean local4;
    private boolean server;
    private byte[] local = NO_ADDRESS;
    private byte[] remote = NO_ADDRESS;
    private int localPort;
    private int remotePort;

    void read(EventDescriptor descriptor) {
        form = Form.NONE;
        local = NO_ADDRESS;
        remote = NO_ADDRESS;
        local4 = descriptor.family() == SocketFamily.IPV4;
        if (descriptor.kind() != DescriptorKind.SOCKET || !SocketFamily.isIp(descriptor.family())) {
            return;
        }
        server = descriptor.server();
        localPort = descriptor.localPort();
        remotePort = descriptor.remotePort();
        local = checked(descriptor.localAddress());
        remote = checked(descriptor.remoteAddress());
        unmap();
        if (remote.length > 0) {
            form = Form.PAIR;
        } else if (local.length > 0 && localPort != 0) {
            form = Form.LISTENING;
        }
    }

    private static byte[] checked(byte[] address) {
        return address.length == IPV4_BYTES || address.length == IPV6_BYTES ? address : NO_ADDRESS;
    }

    private void unmap() {
        boolean mapped = isMapped(local) && (remote.length == 0 || isMapped(remote));
        boolean mappedRemote = isMapped(remote) && (local.length == 0 || isUnspecified(local));
        if (mapped || mappedRemote) {
            local = lastFour(local);
            remote = lastFour(remote);
            local4 = true;
        }
    }

    private static byte[] lastFour(byte[] address) {
        return address.length == IPV6_BYTES ? Arrays.copyOfRange(address, MAPPED_PREFIX_BYTES, IPV6_BYTES) : address;
    }

    private static boolean isMapped(byte[] address) {
        if (address.length != IPV6_BYTES || address[10] != -1 || address[11] != -1) {
            return false;
        }
        return zero(address, 10);
    }

    private static boolean isUnspecified(byte[] address) {
        return address.length == IPV6_BYTES && zero(address, IPV6_BYTES);
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
        return pair() ? server ? remote : orAny(local) : NO_ADDRESS;
    }

    byte[] serverAddress() {
        return switch (form) {
            case NONE -> NO_ADDRESS;
            case LISTENING -> local;
            case PAIR -> server ? orAny(local) : remote;
        };
    }

    byte[] local() {
        return pair() ? orAny(local) : NO_ADDRESS;
    }

    byte[] remote() {
        return pair() ? remote : NO_ADDRESS;
    }

    private byte[] orAny(byte[] address) {
        return address.length > 0 ? address : new byte[local4 ? IPV4_BYTES : IPV6_BYTES];
    }

    long clientPort() {
        return pair() ? server ? remotePort : localPort : EventSource.ABSENT;
    }

    long serverPort() {
        return switch (form) {
            case NONE -> EventSource.ABSENT;
            case LISTENING -> localPort;
            case PAIR -> server ? localPort : remotePort;
        };
    }

    long localPort() {
        return pair() ? localPort : EventSource.ABSENT;
    }

    long remotePort() {
        return pair() ? remotePort : EventSource.ABSENT;
    }

    /// `1.2.3.4:5->6.7.8.9:80` (client to server), or the one end that is known, or empty.
    String text() {
        return switch (form) {
            case NONE -> "";
            case LISTENING -> Addresses.text(local) + ":" + localPort;
            case PAIR ->
                Addresses.text(client()) + ":" + clientPort() + "->" + Addresses.text(serverAddress()) + ":"
                        + serverPort();
        };
    }
}
