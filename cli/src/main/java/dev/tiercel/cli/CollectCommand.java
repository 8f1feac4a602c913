package dev.tiercel.cli;

import dev.tiercel.cli.memory.StartupMemory;
import dev.tiercel.cli.settings.RecordingFile;
import dev.tiercel.cli.settings.TopicsComponent;
import dev.tiercel.cli.settings.TopicsConfig;
import dev.tiercel.cli.up.Privileges;
import dev.tiercel.collector.Collector;
import dev.tiercel.collector.CollectorConfig;
import dev.tiercel.collector.capture.ProbeSource;
import dev.tiercel.collector.capture.RecordSource;
import dev.tiercel.collector.cloud.CloudReporter;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            hidden = true,
            description = "Publish a recording instead: what the launcher trains the class cache with.")
    private @Nullable Path recording;

    @Override
    public Integer call() {
        return app.run(this::configured);
    }

    private AppOptions.ConfiguredApp configured(Settings settings) {
        CollectorConfig config = CollectorConfig.from(settings);
        TopicsComponent topics = new TopicsComponent(
                TopicsConfig.from(settings),
                config.kafka(),
                List.of(Topics.EVENTS_SYSCALL, Topics.SENSORS, Topics.CONTEXT_NODES),
                true);
        return (schemas, metrics) -> {
            Collector collector = new Collector(config, source(config), schemas);
            collector.bind(metrics);
            return List.of(
                    topics,
                    new StartupMemory(),
                    new CloudReporter(config.cloud(), collector.node(), config.kafka(), schemas),
                    collector);
        };
    }

    private RecordSource source(CollectorConfig config) {
        return recording == null ? ProbeSource.open(config.probe()) : RecordingFile.open(recording);
    }
}
