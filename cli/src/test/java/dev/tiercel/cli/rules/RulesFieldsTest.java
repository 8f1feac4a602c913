package dev.tiercel.cli.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.testkit.Golden;
import org.junit.jupiter.api.Test;

class RulesFieldsTest {
    /// From the golden folder of this module to docs/ of the checkout.
    private static final String DOCUMENT = "../../../../../docs/fields.md";

    @Test
    void theDocumentIsMadeByTheCommand() {
        Golden.check(DOCUMENT, Run.of("rules", "fields", "--output", "markdown").out());
    }

    @Test
    void fieldsAreListedByClassAndName() {
        Golden.check(
                "rules/fields.txt",
                Run.of("rules", "fields", "--class", "process", "proc.a*").out());
        Golden.check(
                "rules/fields.json",
                Run.of("rules", "fields", "-o", "json", "container.mount").out());
    }

    @Test
    void aSourceHasItsOwnFieldsAndThoseOfAll() {
        Run run = Run.of("rules", "fields", "--source", "okta");
        assertThat(run.exitCode()).isEqualTo(ExitCode.DONE.number());
        assertThat(run.out())
                .contains("okta.app ", "evt.time ", "json.value[name]")
                .doesNotContain("proc.name");
    }

    @Test
    void noFieldIsNoAndNoSuchSourceOrClassIsUsage() {
        assertThat(Run.of("rules", "fields", "proc.nam*x").exitCode()).isEqualTo(ExitCode.NO.number());
        assertThat(Run.of("rules", "fields", "proc.name[").exitCode()).isEqualTo(ExitCode.NO.number());
        Run source = Run.of("rules", "fields", "--source", "sycall");
        assertThat(source.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(source.err()).contains("syscall, k8s_audit");
        assertThat(Run.of("rules", "fields", "--class", "procs").err()).contains("evt, process, user");
    }
}
