package dev.tiercel.cli;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.service.PlainCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Writes the manual pages.
@Command(
        name = "man",
        description = {
            "Write the manual pages, one for each command, into a directory.",
            "Example: ./tiercel man /usr/local/share/man/man1, then man tiercel-rules-check"
        })
final class ManCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "DIR", description = "The directory; created if needed, pages in it are replaced.")
    private Path directory = Path.of("");

    @Override
    public Integer call() {
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        long written = commands(spec.root().commandLine())
                .map(command -> write(new ManPage(command, today)))
                .count();
        new Console(spec.commandLine().getErr()).print(written + " pages written to " + directory);
        return ExitCode.SUCCESS.number();
    }

    /// This command and all below it.
    static Stream<CommandSpec> commands(CommandLine from) {
        return Stream.concat(
                Stream.of(from.getCommandSpec()),
                from.getSubcommands().values().stream().flatMap(ManCommand::commands));
    }

    private Path write(ManPage page) {
        try {
            Files.createDirectories(directory);
            return Files.writeString(directory.resolve(page.fileName()), page.text());
        } catch (IOException e) {
            throw new EnvironmentException(
                    "cannot write the manual pages to " + directory + ": " + PlainCause.of(e), e);
        }
    }
}
