package dev.tiercel.detector;

import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.service.Lifecycle;
import dev.tiercel.service.Metrics;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// A detector in a separate JVM, to be killed by a test. Arguments: brokers, state directory, settings as
/// `key=value`. Prints `ready`.
final class DetectorProcess {
    private DetectorProcess() {}

    public static void main(String[] arguments) {
        Map<String, String> kafka = Map.of("bootstrap.servers", arguments[0]);
        try (EmbeddedRegistry registry = EmbeddedRegistry.open(kafka);
                Metrics metrics = new Metrics();
                Lifecycle lifecycle = new Lifecycle().stopOnSignals()) {
            Map<String, String> settings = Arrays.stream(arguments)
                    .skip(2)
                    .map(setting -> setting.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
            lifecycle.start(new Detector(Cluster.config(Path.of(arguments[1]), settings), kafka, registry, metrics));
            System.out.println("ready");
            lifecycle.await();
        }
    }
}
