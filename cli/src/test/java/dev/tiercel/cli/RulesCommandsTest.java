package dev.tiercel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandsTest {
    private static final String GOOD = """
            - rule: Read shadow
              desc: somebody reads the password hashes
              condition: evt.type in (open, openat) and fd.name = /etc/shadow
              output: shadow read by %proc.name
              priority: WARNING
              tags: [host, filesystem]
            """;
    private static final String BAD = GOOD.replace("proc.name", "proc.nam");

    @TempDir
    Path folder;

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void goodRulesAreSilentOnStdout() throws Exception {
        Run run = Run.of("rules", "check", file("good.yaml", GOOD));
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE.number());
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("tiercel: 1 file: 1 rule, 0 errors, 0 warnings\n");
    }

    @Test
    void badRulesAreNoWithPlaceAndHint() throws Exception {
        Run run = Run.of("rules", "check", file("bad.yaml", BAD));
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO.number());
        Golden.check("rules/check-bad.txt", run.out().replace(folder.toString(), "FOLDER"));
        assertThat(run.err()).contains("1 file: refused, 1 error");
    }

    @Test
    void badRulesAsJsonAreOneObjectPerProblem() throws Exception {
        Run run = Run.of("rules", "check", "--output", "json", file("bad.yaml", BAD));
        Golden.check("rules/check-bad.json", run.out().replace(folder.toString(), "FOLDER"));
    }

    @Test
    void aFolderStandsForItsFilesInOrder() throws Exception {
        file("2.yaml", "- rule: Read shadow\n  override: {priority: replace}\n  priority: ERROR\n");
        file("1.yaml", GOOD);
        Run run = Run.of("rules", "list", "--rules", folder.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE.number());
        assertThat(run.out()).isEqualTo("Error          Read shadow  [filesystem, host]\n");
    }

    @Test
    void rulesAreListedByTag() throws Exception {
        String file = file("good.yaml", GOOD);
        assertThat(Run.of("rules", "list", "--rules", file, "--tag", "network").out())
                .isEmpty();
        assertThat(Run.of("rules", "list", "--tag", "host", "--rules", file).out())
                .contains("Read shadow");
    }

    @Test
    void ourOwnRulesAreAtLeastForty() {
        Run run = Run.of("rules", "list");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE.number());
        assertThat(run.out().lines().count()).isGreaterThanOrEqualTo(40);
    }
}
