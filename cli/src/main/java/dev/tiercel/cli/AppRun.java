package dev.tiercel.cli;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.Talk;
import dev.tiercel.service.Component;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.HealthServer;
import dev.tiercel.service.Lifecycle;
import dev.tiercel.service.Metrics;
import java.util.List;

/// One app in a process of its own, with its health server, until a signal or a failure.
final class AppRun {
    private AppRun() {}

    /// Starts `components` in order, says `ready`, and stops them in reverse.
    static int run(List<Component> components, HealthConfig health, Metrics metrics, Talk talk) {
        try (Lifecycle lifecycle = new Lifecycle().stopOnSignals()) {
            components.forEach(lifecycle::start);
            HealthServer server = new HealthServer(health, lifecycle::components, metrics);
            lifecycle.start(server);
            talk.say(components.getLast().name() + " runs: "
                    + components.getLast().check().detail()
                    + (health.enabled() ? "; health and metrics on port " + server.port() : "") + "; Ctrl-C stops");
            int end = lifecycle.await();
            talk.say("stopped");
            return (end == Lifecycle.STOPPED ? ExitCode.DONE : ExitCode.ENVIRONMENT).number();
        }
    }
}
