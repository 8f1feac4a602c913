package dev.tiercel.sinks;

import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.service.Metrics;
import java.nio.file.Path;
import java.util.Map;

/// Sinks in a JVM of their own, for a test to kill. Prints `ready`.
final class SinksProcess {
    private SinksProcess() {}

    /// Delivers until it is killed.
    ///
    /// @param arguments bootstrap servers, sinks file
    public static void main(String[] arguments) throws InterruptedException {
        Map<String, String> kafka = Map.of("bootstrap.servers", arguments[0]);
        Sinks sinks = new Sinks(
                Path.of(arguments[1]),
                new Sinks.Clients(kafka, EmbeddedRegistry.open(kafka), new Metrics(), "earliest"));
        sinks.start();
        System.out.println("ready");
        Thread.sleep(Long.MAX_VALUE);
    }
}
