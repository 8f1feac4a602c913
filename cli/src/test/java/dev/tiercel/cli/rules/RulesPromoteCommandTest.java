package dev.tiercel.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesPromoteCommandTest {
    private static final String SHADOW = "# trial\n- rule: On trial\n  shadow: true\n  desc: d\n";
    private static final String LIVE = "# trial\n- rule: On trial\n  desc: d\n";

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("my.yaml"), SHADOW);
        Files.writeString(folder.resolve("other.yaml"), "- list: l\n  items: []\n");
    }

    private Run promote(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "rules";
        all[1] = "promote";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Run.of(all);
    }

    @Test
    void itsFileIsRewritten() {
        Run run = promote("On trial", folder.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
        assertThat(run.out()).isEqualTo(file + ":3: 'On trial' is live\n");
        assertThat(run.err()).contains("put it in force, with its state");
        assertThat(file).hasContent(LIVE);
        assertThat(promote("On trial", file.toString()).err()).contains("is not a shadow");
    }

    @Test
    void dryRunPrintsTheDiff() {
        Run run = promote("--dry-run", "On trial", file.toString());
        assertThat(run.out()).isEqualTo("--- %s\n+++ %s\n@@ -3,1 +2,0 @@\n-  shadow: true\n".formatted(file, file));
        assertThat(file).hasContent(SHADOW);
    }

    @Test
    void whatCannotBePromotedIsSaid() {
        Run run = promote("On trail", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
        assertThat(run.err()).contains("did you mean 'On trial'?");
        Run missing = promote("On trial", folder.resolve("none.yaml").toString());
        assertThat(missing.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(promote("On trial").exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(file).hasContent(SHADOW);
    }

    @Test
    void aFileThatCannotBeWrittenIsSaid() throws Exception {
        Files.createDirectory(folder.resolve(".my.yaml.new"));
        Files.createFile(folder.resolve(".my.yaml.new/x"));
        Run run = promote("On trial", file.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.err()).contains("cannot write " + file);
        assertThat(file).hasContent(SHADOW);
    }
}
