package dev.tiercel.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Picks free loopback ports before Kafka binds them: Kafka must know its own ports beforehand.
final class Ports {
    private Ports() {}

    /// Returns `port` itself, or a free port if it is 0.
    ///
    /// @throws PortTakenException if another process listens there
    static int reserve(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // connections of an earlier broker linger in TIME_WAIT
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket.getLocalPort();
        } catch (IOException e) {
            if (port == 0) throw new UncheckedIOException("no free port on 127.0.0.1", e);
            throw new PortTakenException(port, e);
        }
    }
}
