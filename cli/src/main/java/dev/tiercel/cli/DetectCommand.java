package dev.tiercel.cli;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.rules.RuleOptions;
import dev.tiercel.cli.settings.TopicsComponent;
import dev.tiercel.cli.settings.TopicsConfig;
import dev.tiercel.cli.up.SourceOptions;
import dev.tiercel.detector.Detector;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.detector.publication.RuleWatcher;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs only the detector.
@Command(
        name = "detect",
        description = {
            "Run only the detector: read events and rules from Kafka, write alerts to Kafka.",
            "Start several with the same detector.application-id to share the load."
        })
final class DetectCommand implements Callable<Integer> {
    private static final Set<Topic> OF_OTHERS =
            Set.of(Topics.SCHEMAS, Topics.SENSORS, Topics.ALERTS_UNDELIVERED, Topics.ALERTS_REDELIVER);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AppOptions app = new AppOptions();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Option(
            names = "--publish-rules",
            description =
                    "Publish the rules (the defaults, or --rules) to topic rules at start and whenever a file changes.")
    private boolean publish;

    @Override
    public Integer call() {
        return app.run(this::configured);
    }

    private AppOptions.ConfiguredApp configured(Settings settings) {
        DetectorConfig config = DetectorConfig.from(settings);
        Map<String, String> kafka = settings.kafka();
        TopicsComponent topics = new TopicsComponent(TopicsConfig.from(settings), kafka, judged(), false);
        return (schemas, metrics) -> {
            Detector detector = new Detector(config, kafka, schemas, metrics);
            return publish ? List.of(topics, watcher(config, kafka, schemas), detector) : List.of(topics, detector);
        };
    }

    /// Every topic but those that other parts have for themselves, and those of sources that may never come.
    static List<Topic> judged() {
        return Topics.all().stream()
                .filter(topic -> !OF_OTHERS.contains(topic))
                .filter(topic -> !SourceOptions.onlyOfSources(topic))
                .toList();
    }

    private RuleWatcher watcher(DetectorConfig config, Map<String, String> kafka, SchemaRegistry schemas) {
        return new RuleWatcher(
                rules.sources(),
                new RulePublisher(kafka, schemas, config.judging().compileOptions(), "tiercel detect"),
                new Console(spec.commandLine().getErr())::print);
    }
}
