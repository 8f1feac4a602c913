package dev.tiercel.enricher;

import dev.tiercel.registry.EmbeddedRegistry;
import dev.tiercel.service.Lifecycle;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.util.Map;

/// An enricher in a separate JVM, to be killed by a test. Arguments: brokers, sources. Prints `ready`.
final class EnricherProcess {
    private EnricherProcess() {}

    public static void main(String[] arguments) {
        Map<String, String> kafka = Map.of("bootstrap.servers", arguments[0]);
        EnricherConfig config = EnricherConfig.from(Settings.of(Map.of("enricher.sources", arguments[1])));
        try (EmbeddedRegistry registry = EmbeddedRegistry.open(kafka);
                Metrics metrics = new Metrics();
                Lifecycle lifecycle = new Lifecycle().stopOnSignals()) {
            lifecycle.start(new Enricher(config, kafka, registry, metrics));
            System.out.println("ready");
            lifecycle.await();
        }
    }
}
