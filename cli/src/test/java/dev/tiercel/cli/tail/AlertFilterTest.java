package dev.tiercel.cli.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class AlertFilterTest {
    private static final String ALERT = """
            {"output":"10:00:00.000000000: Warning shadow read","output_fields":{"evt.time":1000000000,
            "fd.name":"/etc/shadow","proc.name":"cat","proc.pid":17,"user.name":null},"priority":"Warning",
            "rule":"Shadow file read","source":"syscall","tags":["host","T1003"],"time":"2026-11-26T10:00:00Z"}""";

    @Command
    private static final class Tail {
        @Mixin
        private AlertFilter filter = new AlertFilter();
    }

    private static boolean accepts(String alert, String... options) {
        Tail tail = new Tail();
        new CommandLine(tail).parseArgs(options);
        return tail.filter.chosen().accepts(alert.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "proc.name = cat, true",
        "proc.name = tac, false",
        "fd.name startswith /etc and proc.pid = 17, true",
        "proc.pid > 17, false",
        "user.name exists, false",
        "fd.directory = /etc, false",
        "not fd.name endswith /passwd, true",
        "ka.verb = create, false"
    })
    void filtersByTheFieldsThatTheAlertCarries(String condition, boolean accepted) {
        assertThat(accepts(ALERT, "--filter", condition)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"debug, true", "WARNING, true", "error, false", "info, true"})
    void filtersByPriority(String least, boolean accepted) {
        assertThat(accepts(ALERT, "--priority", least)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"Shadow file read, true", "Shadow*, true", "*READ, false", "Shadow, false"})
    void filtersByRule(String rule, boolean accepted) {
        assertThat(accepts(ALERT, "--rule", rule)).isEqualTo(accepted);
        assertThat(accepts(ALERT, "--rule", rule, "--rule", "Shadow f*")).isTrue();
    }

    @Test
    void filtersByTag() {
        assertThat(accepts(ALERT, "--tag", "T1003")).isTrue();
        assertThat(accepts(ALERT, "--tag", "container")).isFalse();
        assertThat(accepts(ALERT, "--tag", "container", "--tag", "host")).isTrue();
        assertThat(accepts(ALERT, "--tag", "host", "--priority", "error")).isFalse();
    }

    @Test
    void withoutOptionsEverythingIsAccepted() {
        assertThat(accepts("not even json")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--tag=host", "--filter=proc.name = cat"})
    void whatTheAlertLacksIsSaidWithItsSetting(String option) {
        assertThatThrownBy(() -> accepts("{\"output\":\"x\",\"source\":\"syscall\"}", option))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("alert without key (tags|output_fields); set detector\\.json-include-.*=true");
    }

    @ParameterizedTest
    @CsvSource({"--priority=high, none of emergency", "--filter=proc.nam = cat, proc.nam", "--filter=proc.name =, expected a string value"})
    void whatIsNoneIsAUsageError(String option, String said) {
        assertThatThrownBy(() -> accepts(ALERT, option))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(said);
    }
}
