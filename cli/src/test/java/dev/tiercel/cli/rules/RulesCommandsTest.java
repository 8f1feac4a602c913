package dev.tiercel.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.rules.RulesSchema;
import dev.tiercel.testkit.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static final String OTHER = GOOD.replace("Read shadow", "Another");

    @TempDir
    Path folder;

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void goodRulesPrintNothingOnStdout() throws Exception {
        Run run = Run.of("rules", "check", file("good.yaml", GOOD));
        assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("tiercel: 1 file: 1 rule, 0 errors, 0 warnings\n");
        assertThat(Run.of("rules", "check", file("correlations.yaml", CORRELATIONS))
                        .err())
                .isEqualTo("tiercel: 1 file: 0 rules, 1 signal, 1 correlation, 0 errors, 0 warnings\n");
    }

    @Test
    void badRulesExitWithOneAndShowPositionAndHint() throws Exception {
        Run run = Run.of("rules", "check", file("bad.yaml", BAD));
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
        Golden.check("rules/check-bad.txt", run.out().replace(folder.toString(), "FOLDER"));
        assertThat(run.err()).contains("1 file: refused, 1 error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "sarif", "github"})
    void problemsCanBePrintedForPrograms(String format) throws Exception {
        Run run = Run.of("rules", "check", "--output", format, file("bad.yaml", BAD), file("good.yaml", OTHER));
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
        Golden.check("rules/check-bad." + format, run.out().replace(folder.toString(), "FOLDER"));
    }

    /// One that is not UTF-8, a dangling link, one that does not parse, a good one.
    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "sarif", "github"})
    void anUnreadableFileDoesNotHideTheFindingsOfOthers(String format) throws Exception {
        Files.write(folder.resolve("1.yaml"), "- rule: Caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        Files.createSymbolicLink(folder.resolve("2.yaml"), Path.of("nowhere.yaml"));
        file("3.yaml", BAD);
        file("4.yaml", OTHER);
        Run run = Run.of("rules", "check", "-o", format, folder.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        Golden.check("rules/check-unreadable." + format, run.out().replace(folder.toString(), "FOLDER"));
        assertThat(run.err()).isEqualTo("tiercel: 4 files: refused, 3 errors, 0 warnings\n");
    }

    @Test
    void aFolderWithoutRulesIsAnError() {
        Run run = Run.of("rules", "check", folder.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
        assertThat(run.out()).contains(folder + ": error[LOAD_ERR_FILE_READ]: there are no rules files in ");
        assertThat(Run.of("rules", "list", "--rules", folder.toString()).err())
                .contains("there are no rules files in ");
    }

    @Test
    void testsAndFormattingGoOnAfterAnUnreadableFile() throws Exception {
        Files.write(folder.resolve("1_test.yaml"), new byte[] {(byte) 0xe9});
        file("2.yaml", GOOD);
        file(
                "2_test.yaml",
                "- tests:\n    - test: t\n      given: {evt.type: open, fd.name: /etc/shadow}\n      match: Read shadow\n");
        Run tested = Run.of("rules", "test", folder.toString());
        assertThat(tested.exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
        assertThat(tested.out()).contains("1_test.yaml:1:1: error[LOAD_ERR_FILE_READ]", "✓ t");
        Run formatted = Run.of("rules", "format", "--check", folder.toString());
        assertThat(formatted.exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
        assertThat(formatted.err()).contains("1_test.yaml:1:1: error[LOAD_ERR_FILE_READ]");
        assertThat(formatted.out()).isEmpty();
    }

    @Test
    void aTerminalGetsColours() throws Exception {
        Run run = Run.onTerminal("rules", "check", file("bad.yaml", BAD));
        assertThat(run.out())
                .contains(
                        "\u001b[1m" + folder + "/bad.yaml:4:", "\u001b[1;31merror[LOAD_ERR_COMPILE_OUTPUT]\u001b[0m: ");
        assertThat(Run.onTerminal("rules", "explain", "Read shadow", "--rules", file("good.yaml", GOOD))
                        .out())
                .startsWith("\u001b[1mrule    \u001b[0m  Read shadow\n");
    }

    @Test
    void pathsInTheCheckoutAreRelative() {
        Run run = Run.of("rules", "check", "-o", "sarif", "src/test/resources/samples/wrong rules.yaml");
        assertThat(run.exitCode()).isEqualTo(ExitCode.CHECK_FAILED.number());
        assertThat(run.out()).contains("\"uri\" : \"src/test/resources/samples/wrong%20rules.yaml\"");
    }

    @Test
    void annotationsEscapeSpecialCharacters() throws Exception {
        Run run = Run.of("rules", "check", "-o", "github", file("a,b.yaml", BAD.replace("%proc.nam", "100%")));
        assertThat(run.out()).contains("a%2Cb.yaml,line=4,").contains("cannot end with a %25");
    }

    @Test
    void aDirectoryStandsForItsFilesInOrder() throws Exception {
        file("2.yaml", "- rule: Read shadow\n  override: {priority: replace}\n  priority: ERROR\n");
        file("1.yaml", GOOD);
        Run run = Run.of("rules", "list", "--rules", folder.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
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
    void disabledRulesAreListedOnRequest() throws Exception {
        String file = file("off.yaml", GOOD + "  enabled: false\n");
        assertThat(Run.of("rules", "list", "--rules", file).out()).isEmpty();
        assertThat(Run.of("rules", "list", "--all", "--rules", file).out())
                .isEqualTo("Warning        Read shadow  [filesystem, host]  off\n");
        assertThat(Run.of("rules", "list", "--all", "-o", "json", "--rules", file)
                        .out())
                .contains("\"enabled\":false");
        assertThat(Run.of("rules", "list", "--all", "--source", "okta", "--rules", file)
                        .out())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void aRuleIsExplained(String format) throws Exception {
        Run run = Run.of("rules", "explain", "Read shadow", "-o", format, "--rules", file("good.yaml", GOOD));
        assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
        Golden.check("rules/explain." + format, run.out().replace(folder.toString(), "FOLDER"));
    }

    private static final String CORRELATIONS = """
            - signal: Reads a secret
              condition: evt.type = openat and fd.name startswith /run/secrets
            - correlation: Many secrets
              desc: One program reads many secrets.
              type: value_count
              rules: Reads a secret
              group-by: [proc.exepath]
              condition: {gte: 5, field: fd.name}
              timespan: 90m
              output: "%proc.exepath read %correlation.count secrets"
              priority: WARNING
              suppress: {by: [proc.exepath], for: 1h}
              exceptions: [{name: agents, fields: proc.name, values: [agent]}]
            """;

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void explainsACorrelation(String format) throws Exception {
        String file = file("correlations.yaml", CORRELATIONS);
        Run run = Run.of("rules", "explain", "Many secrets", "-o", format, "--rules", file);
        assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
        Golden.check("rules/explain-correlation." + format, run.out().replace(folder.toString(), "FOLDER"));
        assertThat(Run.of("rules", "list", "--rules", file).out().lines())
                .containsExactly("Signal         Reads a secret  []", "Warning        Many secrets  (value_count)  []");
    }

    @Test
    void anUnknownRuleIsAUsageErrorWithASuggestion() throws Exception {
        Run run = Run.of("rules", "explain", "Raed shadow", "--rules", file("good.yaml", GOOD));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err())
                .contains("no rule, signal or correlation named 'Raed shadow'; did you mean 'Read shadow'?");
        assertThat(Run.of("rules", "explain", "x", "--rules", file("bad.yaml", BAD))
                        .exitCode())
                .isEqualTo(ExitCode.CHECK_FAILED.number());
    }

    @Test
    void printsTheSchemaOfTheCompiler() {
        Run run = Run.of("rules", "schema");
        assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
        assertThat(run.out().strip()).isEqualTo(RulesSchema.json().strip());
    }

    @Test
    void thereAreAtLeastFortyDefaultRules() {
        Run run = Run.of("rules", "list");
        assertThat(run.exitCode()).isEqualTo(ExitCode.SUCCESS.number());
        assertThat(run.out().lines().count()).isGreaterThanOrEqualTo(40);
    }
}
