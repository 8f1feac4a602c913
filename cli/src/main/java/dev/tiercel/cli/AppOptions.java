package dev.tiercel.cli;

import dev.tiercel.cli.settings.BrokerOption;
import dev.tiercel.cli.settings.PrintConfigOption;
import dev.tiercel.cli.settings.RegistryOption;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.registry.RestRegistry;
import dev.tiercel.registry.RestRegistryConfig;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.service.Component;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Options shared by the commands that run one app in a process of its own: settings, brokers, schema registry.
final class AppOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Mixin
    private BrokerOption broker = new BrokerOption();

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Mixin
    private PrintConfigOption printConfig = new PrintConfigOption();

    /// An app whose settings have been read.
    @FunctionalInterface
    interface ConfiguredApp {
        /// Its components in start order, the app itself last; none is started.
        List<Component> components(SchemaRegistry schemas, Metrics metrics);
    }

    /// Runs an app, or only prints its settings with `--print-config`.
    ///
    /// @return the exit code
    /// @throws dev.tiercel.service.SettingsException naming every invalid setting
    int run(Function<Settings, ConfiguredApp> configure) {
        Settings read = broker.settings(settings);
        ConfiguredApp app = configure.apply(read);
        HealthConfig health = HealthConfig.from(read);
        RestRegistryConfig registryConfig = registry.config(read);
        read.requireValid();
        if (printConfig.wanted()) {
            return printConfig.print(read.describe(), command.commandLine().getOut());
        }
        KafkaWarnings.toStderr();
        Metrics metrics = Metrics.withJvm();
        try (SchemaRegistry schemas = RestRegistry.open(registryConfig)) {
            return new AppRun(health, metrics, command.commandLine().getErr()).of(app.components(schemas, metrics));
        }
    }
}
