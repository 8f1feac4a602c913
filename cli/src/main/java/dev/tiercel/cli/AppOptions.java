package dev.tiercel.cli;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.settings.BrokerOption;
import dev.tiercel.cli.settings.PrintConfigOption;
import dev.tiercel.cli.settings.RegistryOption;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.registry.RestRegistry;
import dev.tiercel.registry.RestRegistryConfig;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.service.Component;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.HealthServer;
import dev.tiercel.service.Lifecycle;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import dev.tiercel.service.StoppedException;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Options and run loop shared by the commands that run one app in a process of its own: settings, brokers, schema
/// registry, and the run until a signal or a failure.
final class AppOptions {
    private static final Logger LOG = LoggerFactory.getLogger(AppOptions.class);

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
    /// @param foreign prefixes of settings that belong to other apps and are ignored
    /// @return the exit code
    /// @throws dev.tiercel.service.SettingsException naming every invalid setting
    int run(Function<Settings, ConfiguredApp> configure, String... foreign) {
        Settings read = broker.settings(settings, foreign);
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
            return run(app.components(schemas, metrics), health, metrics);
        }
    }

    private int run(List<Component> components, HealthConfig health, Metrics metrics) {
        Console console = new Console(command.commandLine().getErr());
        try (Lifecycle lifecycle = new Lifecycle().stopOnSignals().onStop(() -> console.print("stopping"))) {
            start(lifecycle, components, health, metrics, console);
            int end = lifecycle.await();
            console.print("stopped");
            return (end == Lifecycle.STOPPED ? ExitCode.SUCCESS : ExitCode.ENVIRONMENT).number();
        }
    }

    private static void start(
            Lifecycle lifecycle, List<Component> components, HealthConfig health, Metrics metrics, Console console) {
        try {
            components.forEach(lifecycle::start);
            HealthServer server = new HealthServer(health, lifecycle::components, metrics);
            lifecycle.start(server);
            Component app = components.getLast();
            console.print(app.name() + " is running: " + app.check().detail()
                    + (health.enabled() ? "; health and metrics on port " + server.port() : "")
                    + "; Ctrl-C stops");
        } catch (StoppedException duringTheStart) {
            LOG.debug("stopped during the start");
        }
    }
}
