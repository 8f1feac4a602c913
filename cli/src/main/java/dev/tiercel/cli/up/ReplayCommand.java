package dev.tiercel.cli.up;

import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.cli.rules.RuleOptions;
import dev.tiercel.cli.settings.RecordingFile;
import dev.tiercel.cli.settings.SettingsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Judges a recording and prints the alerts.
@Command(
        name = "replay",
        description = {
            "Judge a recording made by `record` by the default rules or --rules, and print the alerts; needs no privileges.",
            "Runs the whole pipeline in a temporary directory; `up --replay FILE` keeps the results."
        })
public final class ReplayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "The recording, usually *.kev.")
    private Path file = Path.of("");

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Override
    public Integer call() throws IOException {
        RecordingFile.open(file).close(); // fails now rather than once everything runs
        Path directory = Files.createTempDirectory("tiercel-replay");
        try {
            UpPlan.Where where = new UpPlan.Where(
                    OptionalInt.of(0),
                    OptionalInt.of(0),
                    false,
                    Optional.of(file),
                    print.alertLine(),
                    Optional.empty());
            UpPlan plan = UpPlan.of(settings, directory, rules.sources(), new SourceOptions(), where);
            return new UpRun(plan, spec.commandLine()).run(directory, true).number();
        } finally {
            delete(directory);
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(directory)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) Files.deleteIfExists(path);
    }
}
