package dev.tiercel.cli.rules;

import dev.tiercel.detector.AppendOutput;
import dev.tiercel.rules.output.ExtraOutput;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Option that adds to outputs what a setting of detectors adds there.
final class AddedOutput {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--append-output",
            paramLabel = "JSON",
            description =
                    "Add this to outputs, as the setting detector.append-output does: [{\"extra_output\": TEXT}].")
    private String json = "";

    List<ExtraOutput> outputs() {
        try {
            return AppendOutput.parse(json);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--append-output " + e.getMessage(), e);
        }
    }
}
