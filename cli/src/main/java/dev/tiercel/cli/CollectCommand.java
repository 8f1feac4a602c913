package dev.tiercel.cli;

import dev.tiercel.collector.Collector;
import dev.tiercel.collector.CollectorConfig;
import dev.tiercel.collector.capture.ProbeSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Runs the collector alone.
@Command(
        name = "collect",
        description = {
            "Run the collector alone: the kernel's events of this node to Kafka.",
            "Needs CAP_BPF, CAP_PERFMON and what reads /proc of others, not full root."
        })
final class CollectCommand implements Callable<Integer> {
    @Mixin
    private AppOptions app = new AppOptions();

    @Override
    public Integer call() {
        return app.run("detector.", settings -> {
            CollectorConfig config = CollectorConfig.from(settings);
            return (schemas, metrics) -> {
                Collector collector = new Collector(config, ProbeSource.open(config.probe()), schemas);
                collector.bind(metrics);
                return List.of(collector);
            };
        });
    }
}
