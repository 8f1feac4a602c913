package dev.tiercel.cli;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.settings.TopicsComponent;
import dev.tiercel.cli.settings.TopicsConfig;
import dev.tiercel.cli.sinks.SinkFile;
import dev.tiercel.schemas.Topics;
import dev.tiercel.sinks.Sinks;
import dev.tiercel.sinks.SinksConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Runs only the sinks.
@Command(
        name = "sink",
        description = {
            "Run only the sinks: deliver alerts to the outputs of a sinks file.",
            "The file is read again when it changes. Each output is a consumer group; more processes share its partitions.",
            "Outputs and routes are in docs/sinks.md."
        })
final class SinkCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AppOptions app = new AppOptions();

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The sinks file (default: setting sinks.file).")
    private @Nullable Path file;

    @Override
    public Integer call() {
        if (file != null && !SinkFile.isGood(file, console())) return ExitCode.CHECK_FAILED.number();
        return app.run(settings -> {
            SinksConfig config = SinksConfig.from(settings).with(Optional.ofNullable(file));
            Map<String, String> kafka = settings.kafka();
            TopicsConfig topicsConfig = TopicsConfig.from(settings);
            return (schemas, metrics) -> {
                Path chosen = config.file()
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(), "nothing to do: give a sinks file, or set sinks.file"));
                TopicsComponent topics = new TopicsComponent(
                        topicsConfig,
                        kafka,
                        List.of(Topics.ALERTS, Topics.ALERTS_UNDELIVERED, Topics.ALERTS_REDELIVER),
                        false);
                Sinks.Clients clients = new Sinks.Clients(kafka, schemas, metrics, config.start());
                return List.of(topics, new Sinks(chosen, clients));
            };
        });
    }

    private Console console() {
        return new Console(spec.commandLine().getErr());
    }
}
