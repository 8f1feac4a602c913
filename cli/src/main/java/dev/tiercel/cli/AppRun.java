package dev.tiercel.cli;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.service.Component;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.HealthServer;
import dev.tiercel.service.Lifecycle;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.StoppedException;
import java.io.PrintWriter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The run of one app in a process of its own, until a signal or a failure.
final class AppRun {
    private static final Logger LOG = LoggerFactory.getLogger(AppRun.class);

    private final HealthConfig health;
    private final Metrics metrics;
    private final Console console;

    /// @param messages takes lines for people
    AppRun(HealthConfig health, Metrics metrics, PrintWriter messages) {
        this.health = health;
        this.metrics = metrics;
        this.console = new Console(messages);
    }

    /// Starts the components in order, the app itself last, then the health server, and waits.
    ///
    /// @return the exit code
    int of(List<Component> components) {
        try (Lifecycle lifecycle = new Lifecycle().stopOnSignals().onStop(() -> console.print("stopping"))) {
            start(lifecycle, components);
            int end = lifecycle.await();
            console.print("stopped");
            return (end == Lifecycle.STOPPED ? ExitCode.SUCCESS : ExitCode.ENVIRONMENT).number();
        }
    }

    private void start(Lifecycle lifecycle, List<Component> components) {
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
