package dev.tiercel.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class AlertLineTest {
    private static final String ALERT =
            "{\"hostname\":\"web-1\",\"output\":\"16:17:57.881781397: Warning Shadow opened\",\"priority\":\"Warning\"}";

    @Test
    void printsTheOutputOrTheWholeObject() {
        assertThat(line(AlertFormat.TEXT, ALERT)).isEqualTo("16:17:57.881781397: Warning Shadow opened");
        assertThat(line(AlertFormat.JSON, ALERT)).isEqualTo(ALERT);
    }

    @Test
    void coloursOnlyOnATerminalWithoutNoColor() {
        assertThat(AlertLine.forTerminal(AlertFormat.TEXT, true, "").colour()).isTrue();
        assertThat(AlertLine.forTerminal(AlertFormat.TEXT, true, "1").colour()).isFalse();
        assertThat(AlertLine.forTerminal(AlertFormat.TEXT, false, "").colour()).isFalse();
        assertThat(AlertLine.forTerminal(AlertFormat.JSON, true, "").colour()).isFalse();
        assertThat(new AlertLine(AlertFormat.TEXT, true, true).of(bytes(ALERT)))
                .isEqualTo("\u001b[33m16:17:57.881781397: Warning Shadow opened\u001b[0m");
    }

    @Test
    void noEscapeSequenceReachesTheTerminal() {
        String hostile = "{\"output\":\"command=\\u001b]0;owned\\u0007\\u009b31m \\n\\u007f\"}";
        assertThat(line(AlertFormat.TEXT, hostile)).isEqualTo("command=\\x1b]0;owned\\x07\\x9b31m \\n\\x7f");
    }

    @Test
    void jsonIsEscapedOnATerminalOnly() {
        String hostile = "{\"output\":\"\u009b31m\u202e\"}";
        assertThat(AlertLine.forTerminal(AlertFormat.JSON, true, "").of(bytes(hostile)))
                .isEqualTo("{\"output\":\"\\u009b31m\\u202e\"}");
        assertThat(AlertLine.forTerminal(AlertFormat.JSON, false, "").of(bytes(hostile)))
                .isEqualTo(hostile);
    }

    @Test
    void refusesInvalidAlerts() {
        assertThatThrownBy(() -> line(AlertFormat.TEXT, "nonsense")).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> line(AlertFormat.TEXT, "{}")).hasMessageContaining("without key output");
        assertThatThrownBy(() -> line(AlertFormat.TEXT, "")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String line(AlertFormat format, String alert) {
        return new AlertLine(format, false, false).of(bytes(alert));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
