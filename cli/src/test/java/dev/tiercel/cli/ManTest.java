package dev.tiercel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.testkit.Golden;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

class ManTest {
    @TempDir
    Path folder;

    private static Stream<CommandSpec> commands() {
        return ManCommand.commands(Main.commandLine(System.out, System.err));
    }

    @Test
    void everyCommandHasAPage() throws Exception {
        Path pages = folder.resolve("share/man/man1");
        Run run = Run.of("man", pages.toString());
        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.SUCCESS.number());
        List<String> expected = commands().map(command -> new ManPage(command, "").fileName()).toList();
        assertThat(expected).contains("tiercel.1", "tiercel-rules-check.1");
        try (Stream<Path> written = Files.list(pages)) {
            assertThat(written.map(page -> page.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void aPageIsAsRoffWantsIt() {
        CommandSpec up = commands()
                .filter(command -> command.qualifiedName(" ").equals("tiercel alerts tail"))
                .findFirst()
                .orElseThrow();
        Golden.check("man/tiercel-alerts-tail.1", new ManPage(up, "2026-11-26").text());
    }

    /// A line that begins with a control character would be a request, a name of a variable was not replaced.
    @Test
    void noTextIsTakenForARequest() {
        assertThat(commands().map(command -> new ManPage(command, "2026-11-26").text()))
                .allSatisfy(page -> assertThat(page.lines())
                        .allMatch(line -> !line.startsWith(".") || line.matches("\\.(TH|SH|TP|B|br|nh|ad)\\b.*"))
                        .noneMatch(line -> line.startsWith("'") || line.contains("${")));
    }

    @Test
    void whereItCannotWriteIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        Run run = Run.of("man", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.err()).contains("cannot write the manual pages to " + file);
    }
}
