package dev.tiercel.cli.up;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.cli.rules.RuleOptions;
import dev.tiercel.cli.settings.PrintConfigOption;
import dev.tiercel.cli.settings.SettingsOptions;
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
import picocli.CommandLine.Spec;

/// Watches this machine, everything in one process.
@Command(
        name = "up",
        description = {
            "Watch this machine: Kafka broker, schema registry, probe, collector and detector in one process.",
            "Alerts go to stdout as they happen, everything else to stderr. Ctrl-C stops it; nothing acknowledged is lost."
        })
public final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Mixin
    private DataDirectory data = new DataDirectory();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Kafka's port on 127.0.0.1; 0: any free one (default: 9092, or a free one if that is taken).")
    private @Nullable Integer port;

    @Option(
            names = "--registry-port",
            paramLabel = "N",
            description = "The schema registry's port on 127.0.0.1; 0: any free one (default: 8081, or a free one).")
    private @Nullable Integer registryPort;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Take events from a recording (`record`) in place of the kernel; needs no privileges.")
    private @Nullable Path recording;

    @Option(
            names = "--exit",
            description = "With --replay: stop when every event is judged and its alerts are printed.")
    private boolean exit;

    @Mixin
    private PrintConfigOption printConfig = new PrintConfigOption();

    @Override
    public Integer call() {
        UpPlan plan = UpPlan.of(settings, data.path(), rules.sources(), where());
        if (printConfig.wanted()) {
            return printConfig.print(plan.settings(), spec.commandLine().getOut());
        }
        if (plan.recording().isEmpty())
            requireKernel(new Console(spec.commandLine().getErr()));
        return new UpRun(plan, spec.commandLine())
                .run(data.create(), exit)
                .number();
    }

    private UpPlan.Where where() {
        return new UpPlan.Where(
                optional(port), optional(registryPort), Optional.ofNullable(recording), print.alertLine());
    }

    private static OptionalInt optional(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private static void requireKernel(Console console) {
        List<Finding> lacking = Checkup.kernel(Machine.current()).stream()
                .filter(finding -> finding.grade() == Finding.Grade.FAIL)
                .toList();
        if (lacking.isEmpty()) return;
        lacking.forEach(finding -> console.print(finding.text()));
        throw new EnvironmentException("the kernel cannot be watched here (above); `up --replay FILE` runs the same"
                + " pipeline over a recording, without any privilege");
    }
}
