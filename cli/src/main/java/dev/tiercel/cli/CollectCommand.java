package dev.tiercel.cli;

import dev.tiercel.cli.settings.TopicsComponent;
import dev.tiercel.cli.settings.TopicsConfig;
import dev.tiercel.cli.up.Privileges;
import dev.tiercel.collector.Collector;
import dev.tiercel.collector.CollectorConfig;
import dev.tiercel.collector.capture.ProbeSource;
import dev.tiercel.schemas.Topics;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Runs only the collector.
@Command(
        name = "collect",
        description = {
            "Run only the collector: publish this node's kernel events to Kafka.",
            "Needs " + Privileges.REQUIRED + ", not full root; see " + Privileges.DOCUMENT + "."
        })
final class CollectCommand implements Callable<Integer> {
    @Mixin
    private AppOptions app = new AppOptions();

    @Override
    public Integer call() {
        return app.run("detector.", settings -> {
            CollectorConfig config = CollectorConfig.from(settings);
            TopicsComponent topics = new TopicsComponent(
                    TopicsConfig.from(settings), config.kafka(), List.of(Topics.EVENTS_SYSCALL, Topics.SENSORS), true);
            return (schemas, metrics) -> {
                Collector collector = new Collector(config, ProbeSource.open(config.probe()), schemas);
                collector.bind(metrics);
                return List.of(topics, collector);
            };
        });
    }
}
