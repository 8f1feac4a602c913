package dev.tiercel.cli;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.Talk;
import dev.tiercel.cli.settings.BrokerOption;
import dev.tiercel.cli.settings.PrintConfigOption;
import dev.tiercel.cli.settings.RegistryOption;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.collector.Collector;
import dev.tiercel.collector.CollectorConfig;
import dev.tiercel.collector.capture.ProbeSource;
import dev.tiercel.registry.RestRegistry;
import dev.tiercel.registry.RestRegistryConfig;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Runs the collector alone.
@Command(
        name = "collect",
        description = {
            "Run the collector alone: the kernel's events of this node to Kafka.",
            "Needs CAP_BPF, CAP_PERFMON and what reads /proc of others, not full root."
        })
final class CollectCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerOption broker = new BrokerOption();

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Mixin
    private PrintConfigOption printConfig = new PrintConfigOption();

    @Override
    public Integer call() {
        Settings read = broker.settings(settings, "detector.");
        CollectorConfig config = CollectorConfig.from(read);
        HealthConfig health = HealthConfig.from(read);
        RestRegistryConfig registryConfig = registry.config(read);
        read.requireValid();
        if (printConfig.wanted()) {
            spec.commandLine().getOut().print(read.describe());
            return ExitCode.DONE.number();
        }
        Metrics metrics = Metrics.withJvm();
        try (SchemaRegistry schemas = RestRegistry.open(registryConfig)) {
            Collector collector = new Collector(config, ProbeSource.open(config.probe()), schemas);
            collector.bind(metrics);
            return AppRun.run(
                    List.of(collector),
                    health,
                    metrics,
                    new Talk(spec.commandLine().getErr()));
        }
    }
}
