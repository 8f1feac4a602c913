package dev.tiercel.cli;

import dev.tiercel.cli.settings.BrokerOption;
import dev.tiercel.cli.settings.PrintConfigOption;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.cli.settings.TopicsComponent;
import dev.tiercel.cli.settings.TopicsConfig;
import dev.tiercel.cli.up.RegistryComponent;
import dev.tiercel.registry.RegistryServerConfig;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Runs only the schema registry.
@Command(
        name = "registry",
        description = {
            "Run only the schema registry: Confluent's REST API, over topic _schemas.",
            "Beyond loopback it asks for a password (settings schemas.user and schemas.password) or a client certificate (schemas.tls-… and schemas.client-ca-file)."
        })
final class RegistryCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerOption broker = new BrokerOption();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Mixin
    private PrintConfigOption printConfig = new PrintConfigOption();

    @Override
    public Integer call() {
        Settings read = broker.settings(settings, "registry.");
        RegistryServerConfig config = RegistryServerConfig.from(read);
        TopicsConfig topics = TopicsConfig.from(read);
        HealthConfig health = HealthConfig.from(read);
        Map<String, String> kafka = read.kafka();
        read.requireValid();
        if (printConfig.wanted()) {
            return printConfig.print(read.describe(), spec.commandLine().getOut());
        }
        KafkaWarnings.toStderr();
        return new AppRun(health, Metrics.withJvm(), spec.commandLine().getErr())
                .of(List.of(
                        new TopicsComponent(topics, kafka, List.of(Topics.SCHEMAS), false),
                        RegistryComponent.at(kafka, config)));
    }
}
