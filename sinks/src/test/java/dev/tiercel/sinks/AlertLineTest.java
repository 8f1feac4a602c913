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
        assertThat(line(OutputFormat.TEXT, ALERT)).isEqualTo("16:17:57.881781397: Warning Shadow opened");
        assertThat(line(OutputFormat.JSON, ALERT)).isEqualTo(ALERT);
    }

    @Test
    void coloursOnlyOnATerminalWithoutNoColor() {
        assertThat(AlertLine.forTerminal(OutputFormat.TEXT, true, "").colour()).isTrue();
        assertThat(AlertLine.forTerminal(OutputFormat.TEXT, true, "1").colour()).isFalse();
        assertThat(AlertLine.forTerminal(OutputFormat.TEXT, false, "").colour()).isFalse();
        assertThat(AlertLine.forTerminal(OutputFormat.JSON, true, "").colour()).isFalse();
        assertThat(new AlertLine(OutputFormat.TEXT, true).of(bytes(ALERT)))
                .isEqualTo("\u001b[33m16:17:57.881781397: Warning Shadow opened\u001b[0m");
    }

    @Test
    void noEscapeSequenceReachesTheTerminal() {
        String hostile = "{\"output\":\"command=\\u001b]0;owned\\u0007\\u009b31m \\n\\u007f\"}";
        assertThat(line(OutputFormat.TEXT, hostile)).isEqualTo("command=�]0;owned��31m ��");
    }

    @Test
    void refusesWhatIsNoAlert() {
        assertThatThrownBy(() -> line(OutputFormat.TEXT, "nonsense")).hasMessageContaining("not JSON");
        assertThatThrownBy(() -> line(OutputFormat.TEXT, "{}")).hasMessageContaining("without key output");
        assertThatThrownBy(() -> line(OutputFormat.TEXT, "")).isInstanceOf(IllegalArgumentException.class);
    }

    private static String line(OutputFormat format, String alert) {
        return new AlertLine(format, false).of(bytes(alert));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
