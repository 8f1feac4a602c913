package dev.tiercel.cli.up;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.cli.rules.RuleOptions;
import dev.tiercel.cli.settings.DataDirectory;
import dev.tiercel.cli.settings.PrintConfigOption;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.cli.sinks.SinkFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Watches this machine, with everything in one process.
@Command(
        name = "up",
        description = {
            "Watch this machine: Kafka broker, schema registry, probe, collector and detector in one process; with --source",
            "the events of other sources too.",
            "Alerts go to stdout as they happen, everything else to stderr. Ctrl-C stops; nothing acknowledged is lost."
        })
public final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Mixin
    private DataDirectory data = new DataDirectory();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Kafka's port on 127.0.0.1; 0: any free port (default: 9092, or a free port if that is taken).")
    private @Nullable Integer port;

    @Option(
            names = "--registry-port",
            paramLabel = "N",
            description = "The schema registry's port on 127.0.0.1; 0: any free port (default: 8081, or a free port).")
    private @Nullable Integer registryPort;

    @Option(
            names = "--sinks",
            paramLabel = "FILE",
            description = "Also deliver alerts to the outputs of this sinks file (docs/sinks.md).")
    private @Nullable Path sinks;

    @Option(
            names = "--insecure",
            description =
                    "No passwords: every user of this machine can read all events, forge alerts, replace rules and stop it.")
    private boolean insecure;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Read events from a recording made by `record` instead of the kernel; needs no privileges.")
    private @Nullable Path recording;

    @Option(
            names = "--exit",
            description = "With --replay: stop once every event is judged and its alerts are printed.")
    private boolean exit;

    @Mixin
    private PrintConfigOption printConfig = new PrintConfigOption();

    @Override
    public Integer call() {
        UpPlan plan = UpPlan.of(settings, data.path(), rules.sources(), sources, where());
        if (printConfig.wanted()) {
            return printConfig.print(plan.settings(), spec.commandLine().getOut());
        }
        Console console = new Console(spec.commandLine().getErr());
        Optional<Path> outputs = plan.sinks().file();
        if (outputs.isPresent() && !SinkFile.isGood(outputs.get(), console)) return ExitCode.CHECK_FAILED.number();
        if (plan.recording().isEmpty()) requireKernel(console);
        return new UpRun(plan, spec.commandLine()).run(data.create(), exit).number();
    }

    private UpPlan.Where where() {
        return new UpPlan.Where(
                port("--port", port),
                port("--registry-port", registryPort),
                insecure,
                Optional.ofNullable(recording),
                print.alertLine(),
                Optional.ofNullable(sinks));
    }

    private OptionalInt port(String option, @Nullable Integer number) {
        if (number == null) return OptionalInt.empty();
        if (number < 0 || number > 65_535) {
            throw new ParameterException(spec.commandLine(), option + "=" + number + ": must be from 0 to 65535");
        }
        return OptionalInt.of(number);
    }

    private static void requireKernel(Console console) {
        List<CheckResult> failed = Checkup.kernel(MachineChecks.current()).stream()
                .filter(result -> result.grade() == CheckResult.Grade.FAIL)
                .toList();
        if (failed.isEmpty()) return;
        failed.forEach(result -> console.print(result.text(Colours.NONE)));
        throw new EnvironmentException("this machine cannot run the probe (see above); `up --replay FILE` runs the same"
                + " pipeline over a recording, without privileges");
    }
}
