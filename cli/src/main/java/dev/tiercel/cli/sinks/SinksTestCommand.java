package dev.tiercel.cli.sinks;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.PlainText;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.alert.SinkAlert;
import dev.tiercel.sinks.plan.OutputPlan;
import dev.tiercel.sinks.plan.SinksPlan;
import dev.tiercel.sinks.receiver.DeliveryResult;
import dev.tiercel.sinks.receiver.Notice;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Sends a test alert.
@Command(
        name = "test",
        description = {
            "Send one alert that says that it is a test to an output, past all routes, and say what became of it.",
            "Exits 1 if it did not arrive or the file has an error; 3 if the file cannot be read."
        })
final class SinksTestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "FILE", description = "The sinks file.")
    private Path file = Path.of("");

    @Parameters(index = "1", paramLabel = "OUTPUT", description = "Name of the output.")
    private String name = "";

    @Override
    public Integer call() throws InterruptedException {
        Optional<SinksPlan> read =
                SinkFile.read(file, new Console(spec.commandLine().getErr()));
        if (read.isEmpty()) return ExitCode.CHECK_FAILED.number();
        try (SinksPlan plan = read.get()) {
            OutputPlan output = plan.outputs().stream()
                    .filter(each -> each.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "no output '" + name + "' in " + file + ": "
                                    + String.join(
                                            ", ",
                                            plan.outputs().stream()
                                                    .map(OutputPlan::name)
                                                    .toList())));
            return send(output);
        }
    }

    private int send(OutputPlan output) throws InterruptedException {
        Alert alert = SinkAlert.test(output.name());
        DeliveryResult receipt;
        try {
            receipt = output.receiver()
                    .deliver(List.of(new Notice(AlertView.of(alert), null)))
                    .getFirst();
        } catch (IOException | UncheckedIOException failure) {
            receipt = DeliveryResult.later(PlainCause.of(failure));
        }
        PrintWriter out = spec.commandLine().getErr();
        String said = switch (receipt) {
            case DeliveryResult.Delivered _ -> "test alert " + alert.getId() + " has arrived";
            case DeliveryResult.Later later -> "test alert not delivered: " + later.reason();
            case DeliveryResult.Refused refused -> "test alert refused: " + refused.reason();
        };
        out.println("output '" + output.name() + "': " + PlainText.line(said));
        out.flush();
        return (receipt instanceof DeliveryResult.Delivered ? ExitCode.SUCCESS : ExitCode.CHECK_FAILED).number();
    }
}
