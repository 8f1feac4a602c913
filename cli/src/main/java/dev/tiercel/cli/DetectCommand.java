package dev.tiercel.cli;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.Talk;
import dev.tiercel.cli.rules.RuleOptions;
import dev.tiercel.cli.settings.BrokerOption;
import dev.tiercel.cli.settings.PrintConfigOption;
import dev.tiercel.cli.settings.RegistryOption;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.detector.Detector;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.detector.RulePublisher;
import dev.tiercel.detector.RuleWatcher;
import dev.tiercel.registry.RestRegistry;
import dev.tiercel.registry.RestRegistryConfig;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.service.Component;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Runs the detector alone.
@Command(
        name = "detect",
        description = {
            "Run the detector alone: events and rules from Kafka in, alerts to Kafka out.",
            "Start more of them with the same detector.application-id to share the work."
        })
final class DetectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerOption broker = new BrokerOption();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Option(
            names = "--publish-rules",
            description = "First publish the rules (ours, or --rules) to topic rules, and again when a file changes.")
    private boolean publish;

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Mixin
    private PrintConfigOption printConfig = new PrintConfigOption();

    @Override
    public Integer call() {
        Settings read = broker.settings(settings, "collector.");
        DetectorConfig config = DetectorConfig.from(read);
        HealthConfig health = HealthConfig.from(read);
        Map<String, String> kafka = read.kafka();
        RestRegistryConfig registryConfig = registry.config(read);
        read.requireValid();
        if (printConfig.wanted()) {
            spec.commandLine().getOut().print(read.describe());
            return ExitCode.DONE.number();
        }
        Metrics metrics = Metrics.withJvm();
        try (SchemaRegistry schemas = RestRegistry.open(registryConfig)) {
            List<Component> components = new ArrayList<>();
            if (publish) components.add(watcher(config, kafka, schemas));
            components.add(new Detector(config, kafka, schemas, metrics));
            return AppRun.run(
                    components, health, metrics, new Talk(spec.commandLine().getErr()));
        }
    }

    private RuleWatcher watcher(DetectorConfig config, Map<String, String> kafka, SchemaRegistry schemas) {
        return new RuleWatcher(
                rules.sources(),
                new RulePublisher(kafka, schemas, config.judging().compileOptions(), "tiercel detect"));
    }
}
