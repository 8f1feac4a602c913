package dev.tiercel.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesTestCommandTest {
    private static final String RULES = """
            - rule: Shadow read
              desc: Somebody reads the password hashes.
              condition: evt.type = openat and fd.name = /etc/shadow
              output: shadow read by %proc.name
              priority: WARNING
            """;
    private static final String TESTS = """
            - tests:
                - test: a match
                  given: {like: open_read, fd.name: /etc/shadow, proc.name: cat}
                  match: Shadow read
                  output: shadow read by cat
                - test: a <near> miss
                  given: {like: open_read, fd.name: /etc/passwd}
                  miss: '*'
            """;
    private static final String FAILING = TESTS.replace("by cat", "by dog").replace("/etc/passwd", "/etc/shadow");

    @TempDir
    Path folder;

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private String shown(Run run) {
        return run.out().replace(folder.toString(), "FOLDER");
    }

    @Test
    void testsBesideTheirRulesPass() throws Exception {
        Run run = Run.of("rules", "test", file("a.yaml", RULES + TESTS));
        assertThat(shown(run)).isEqualTo("FOLDER/a.yaml\n  ✓ a match\n  ✓ a <near> miss\n");
        assertThat(run.err()).isEqualTo("tiercel: 1 file: 2 tests, 0 failed\n");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE.number());
    }

    @Test
    void aFileOfTestsFindsTheRulesOfItsName() throws Exception {
        file("a.yaml", RULES);
        file("a_test.yaml", TESTS);
        Run run = Run.of("rules", "test", folder.toString());
        assertThat(shown(run)).startsWith("FOLDER/a_test.yaml\n  ✓ a match\n");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE.number());
    }

    @Test
    void aFileOfTestsCanNameItsRules() throws Exception {
        file("b.yaml", RULES);
        String named = file("a_test.yaml", TESTS.replace("- tests:", "- rules: b.yaml\n  tests:"));
        assertThat(Run.of("rules", "test", named).exitCode()).isEqualTo(ExitCode.DONE.number());
        String other = file("c_test.yaml", TESTS);
        assertThat(Run.of(
                                "rules",
                                "test",
                                other,
                                "--rules",
                                folder.resolve("b.yaml").toString())
                        .exitCode())
                .isEqualTo(ExitCode.DONE.number());
    }

    @Test
    void withoutOtherRulesOursAreTested() throws Exception {
        Run run = Run.of("rules", "test", file("ours_test.yaml", """
                - tests:
                    - test: ours
                      given: {like: open_read, fd.name: /etc/shadow, proc.name: nginx}
                      match: Credential file read by a server
                """));
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE.number());
    }

    @Test
    void failuresSayWhatWasExpected() throws Exception {
        Path xml = folder.resolve("results.xml");
        Run run = Run.of("rules", "test", file("a.yaml", RULES + FAILING), "--junit", xml.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO.number());
        assertThat(run.err()).isEqualTo("tiercel: 1 file: 2 tests, 2 failed\n");
        Golden.check("rules/test-failing.txt", shown(run));
        Golden.check(
                "rules/test-failing.xml",
                Files.readString(xml)
                        .replace(folder.toString(), "FOLDER")
                        .replaceAll("time=\"[0-9.]*\"", "time=\"0\""));
    }

    @Test
    void resultsAsJsonAreOneObjectPerTest() throws Exception {
        Run run = Run.of("rules", "test", file("a.yaml", RULES + FAILING), "-o", "json");
        Golden.check("rules/test-failing.json", shown(run));
    }

    @Test
    void testsAreChosenByName() throws Exception {
        String file = file("a.yaml", RULES + FAILING);
        Run run = Run.of("rules", "test", file, "--filter", "A MATCH");
        assertThat(shown(run)).contains("a match").doesNotContain("near");
        assertThat(Run.of("rules", "test", file, "--filter", "x").exitCode()).isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void testsThatCannotRunAreProblemsWithPlaces() throws Exception {
        Path xml = folder.resolve("results.xml");
        Run run = Run.of(
                "rules", "test", file("a.yaml", RULES + TESTS.replace("fd.name", "fd.nam")), "--junit", xml.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.NO.number());
        assertThat(shown(run))
                .contains("RULE_TEST_INVALID")
                .contains("a.yaml:8:")
                .contains("^");
        assertThat(run.err()).contains("some could not be run");
        assertThat(Files.readString(xml)).contains("errors=\"2\"").contains("<error message=");
    }

    @Test
    void aFileWithoutTestsIsRefused() throws Exception {
        Run run = Run.of("rules", "test", file("a.yaml", RULES));
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err()).contains("no tests in ");
        assertThat(Run.of("rules", "test", folder.toString()).err()).contains("no file has tests");
    }
}
