package dev.tiercel.cli.up;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.PrintOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Says what this machine can and cannot do.
@Command(
        name = "doctor",
        description = {
            "Say what this machine can and cannot do for Tiercel, one line per check, with what to do about it.",
            "Loads the probe for a moment if it may. Answers no (1) if `up` would not work here."
        })
public final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Mixin
    private DataDirectory data = new DataDirectory();

    @Override
    public Integer call() {
        List<Finding> findings = Checkup.everything(Machine.current(), data.path());
        PrintWriter out = spec.commandLine().getOut();
        findings.forEach(finding -> out.println(print.json() ? finding.json() : finding.text()));
        boolean works = findings.stream().noneMatch(finding -> finding.grade() == Finding.Grade.FAIL);
        return (works ? ExitCode.DONE : ExitCode.NO).number();
    }
}
