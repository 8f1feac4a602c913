package dev.tiercel.cli.up;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.service.HealthConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// Whether the health server can listen where it should, tried before anything starts.
final class HealthPort {
    private HealthPort() {}

    /// @throws EnvironmentException if somebody chose the port and it is taken
    static void requireFree(HealthConfig health) {
        if (health.enabled() && health.chosen() && isTaken(health)) {
            throw new EnvironmentException("the health server cannot listen on %s port %d: it is taken by another process;"
                            .formatted(health.host(), health.port())
                    + " choose another with --set health.port=N, 0 for any free one");
        }
    }

    static boolean isTaken(HealthConfig health) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(health.host()), health.port()));
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    static String elsewhere(HealthConfig wanted, int port) {
        return "port %d on %s is taken by another process; health and metrics are on port %d instead"
                .formatted(wanted.port(), wanted.host(), port);
    }
}
