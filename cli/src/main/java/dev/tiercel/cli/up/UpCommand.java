package dev.tiercel.cli.up;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.Talk;
import dev.tiercel.cli.settings.PrintConfigOption;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Watches this machine, everything in one process.
@Command(
        name = "up",
        description = {
            "Watch this machine: Kafka broker, schema registry, probe, collector and detector in one process.",
            "Alerts go to stdout as they happen, everything else to stderr. Ctrl-C stops it; nothing acknowledged is lost."
        })
final class UpCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private UpOptions options = new UpOptions();

    @Mixin
    private PrintConfigOption printConfig = new PrintConfigOption();

    @Override
    public Integer call() {
        UpPlan plan = options.plan(options.data().path());
        if (printConfig.wanted()) {
            spec.commandLine().getOut().print(plan.settings());
            return ExitCode.DONE.number();
        }
        if (plan.recording().isEmpty())
            requireKernel(new Talk(spec.commandLine().getErr()));
        return new UpRun(plan, spec.commandLine())
                .run(options.data().create(), options.exit())
                .number();
    }

    private static void requireKernel(Talk talk) {
        List<Finding> lacking = Checkup.kernel(Machine.current()).stream()
                .filter(finding -> finding.grade() == Finding.Grade.FAIL)
                .toList();
        if (lacking.isEmpty()) return;
        lacking.forEach(finding -> talk.say(finding.text()));
        throw new EnvironmentException("the kernel cannot be watched here (above); `up --replay FILE` runs the same"
                + " pipeline over a recording, without any privilege");
    }
}
