package dev.tiercel.cli.up;

import dev.tiercel.cli.output.Colours;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.cli.settings.DataDirectory;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Checks whether this machine can run Tiercel.
@Command(
        name = "doctor",
        description = {
            "Check whether this machine can run Tiercel: one line per check, with how to fix what fails.",
            "Loads the probe briefly if permitted. Exits 1 if `up` would not work here."
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
        List<CheckResult> results = Checkup.everything(MachineChecks.current(), data.path());
        PrintWriter out = spec.commandLine().getOut();
        Colours colours = Colours.of(spec.commandLine());
        results.forEach(result -> out.println(print.json() ? result.json() : result.text(colours)));
        boolean works = results.stream().noneMatch(result -> result.grade() == CheckResult.Grade.FAIL);
        return (works ? ExitCode.SUCCESS : ExitCode.CHECK_FAILED).number();
    }
}
