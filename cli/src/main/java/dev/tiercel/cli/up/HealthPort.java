package dev.tiercel.cli.up;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.service.HealthConfig;
import java.net.InetSocketAddress;

/// Whether the health server can listen where it should, tried before anything starts.
final class HealthPort {
    private HealthPort() {}

    /// @throws EnvironmentException if somebody chose the port and it is taken
    static void requireFree(HealthConfig health) {
        if (health.enabled() && health.chosen() && isTaken(health)) {
            throw new EnvironmentException(
                    "the health server cannot listen on %s port %d: it is taken by another process;"
                                    .formatted(health.host(), health.port())
                            + " choose another with --set health.port=N, 0 for any free one");
        }
    }

    static boolean isTaken(HealthConfig health) {
        return !MachineChecks.isFree(new InetSocketAddress(health.host(), health.port()));
    }

    static String elsewhere(HealthConfig wanted, int port) {
        return "port %d on %s is taken by another process; health and metrics are on port %d instead"
                .formatted(wanted.port(), wanted.host(), port);
    }
}
