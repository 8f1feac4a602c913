package dev.tiercel.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesFormatCommandTest {
    private static final String UGLY = "- list:   a\n  items: [x,y]\n";
    private static final String NEAT = "- list: a\n  items: [x, y]\n";

    @TempDir
    Path folder;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Test
    void printsTheResult() throws Exception {
        Path ugly = file("ugly.yaml", UGLY);
        Run run = Run.of("rules", "format", ugly.toString());
        assertThat(run.out()).isEqualTo(NEAT);
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE.number());
        assertThat(ugly).hasContent(UGLY);
    }

    @Test
    void checkNamesTheFilesThatDiffer() throws Exception {
        Path ugly = file("ugly.yaml", UGLY);
        Path neat = file("neat.yaml", NEAT);
        Run run = Run.of("rules", "format", "--check", folder.toString());
        assertThat(run.out()).isEqualTo(ugly + "\n");
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO.number());
        assertThat(ugly).hasContent(UGLY);
        assertThat(Run.of("rules", "format", "--check", neat.toString()).exitCode())
                .isEqualTo(ExitCode.DONE.number());
    }

    @Test
    void writeReplacesTheFilesThatDiffer() throws Exception {
        Path ugly = file("ugly.yaml", UGLY);
        Files.setPosixFilePermissions(ugly, PosixFilePermissions.fromString("rw-r-----"));
        Path neat = file("neat.yaml", NEAT);
        Run run = Run.of("rules", "format", "--write", neat.toString(), ugly.toString());
        assertThat(run.out()).isEqualTo(ugly + "\n");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE.number());
        assertThat(ugly).hasContent(NEAT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ugly)))
                .isEqualTo("rw-r-----");
        assertThat(folder).isDirectoryNotContaining("glob:**new");
    }

    @Test
    void whatIsNoRulesFileStays() throws Exception {
        Path broken = file("broken.yaml", "- list: [\n");
        Run run = Run.of("rules", "format", "--write", broken.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO.number());
        assertThat(run.err()).contains("LOAD_ERR_YAML_PARSE").contains("broken.yaml:");
        assertThat(broken).hasContent("- list: [\n");
    }
}
