package dev.tiercel.detector;

import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.service.Lifecycle;
import dev.tiercel.service.Metrics;
import java.nio.file.Path;
import java.util.Map;

/// A detector in a JVM of its own, for a test to kill. Arguments: brokers, state directory. Prints `ready`.
final class DetectorProcess {
    private DetectorProcess() {}

    public static void main(String[] arguments) {
        Map<String, String> kafka = Map.of("bootstrap.servers", arguments[0]);
        try (EmbeddedRegistry registry = EmbeddedRegistry.open(kafka);
                Metrics metrics = new Metrics();
                Lifecycle lifecycle = new Lifecycle().stopOnSignals()) {
            lifecycle.start(new Detector(Cluster.config(Path.of(arguments[1])), kafka, registry, metrics));
            System.out.println("ready");
            lifecycle.await();
        }
    }
}
