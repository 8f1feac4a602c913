package dev.tiercel.cli;

import dev.tiercel.cli.rules.RuleOptions;
import dev.tiercel.detector.Detector;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.detector.RulePublisher;
import dev.tiercel.detector.RuleWatcher;
import dev.tiercel.schemas.SchemaRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Runs the detector alone.
@Command(
        name = "detect",
        description = {
            "Run the detector alone: events and rules from Kafka in, alerts to Kafka out.",
            "Start more of them with the same detector.application-id to share the work."
        })
final class DetectCommand implements Callable<Integer> {
    @Mixin
    private AppOptions app = new AppOptions();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Option(
            names = "--publish-rules",
            description = "First publish the rules (ours, or --rules) to topic rules, and again when a file changes.")
    private boolean publish;

    @Override
    public Integer call() {
        return app.run("collector.", settings -> {
            DetectorConfig config = DetectorConfig.from(settings);
            Map<String, String> kafka = settings.kafka();
            return (schemas, metrics) -> {
                Detector detector = new Detector(config, kafka, schemas, metrics);
                return publish ? List.of(watcher(config, kafka, schemas), detector) : List.of(detector);
            };
        });
    }

    private RuleWatcher watcher(DetectorConfig config, Map<String, String> kafka, SchemaRegistry schemas) {
        return new RuleWatcher(
                rules.sources(),
                new RulePublisher(kafka, schemas, config.judging().compileOptions(), "tiercel detect"));
    }
}
