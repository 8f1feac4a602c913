package dev.tiercel.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AlertPrinterTest {
    private static final AlertLine TERMINAL = AlertLine.forTerminal(AlertFormat.TEXT, true, "1");

    private final List<String> printed = new ArrayList<>();
    private long now;
    private AlertPrinter printer = new AlertPrinter(TERMINAL, printed::add, () -> now);
    private int second;

    private boolean alert(String text) {
        String line = "10:00:%02d.000000000: Warning %s".formatted(second++ % 60, text);
        return printer.print(
                ("{\"output\":\"" + line + "\",\"priority\":\"Warning\"}").getBytes(StandardCharsets.UTF_8));
    }

    private void pass(long nanos) {
        now += nanos;
        printer.pause();
    }

    @Test
    void equalLinesBecomeOneAndANumber() {
        for (int i = 0; i < 220; i++) alert("shadow read | process=cat");
        pass(AlertPrinter.QUIET_NANOS);
        assertThat(printed)
                .containsExactly("10:00:00.000000000: Warning shadow read | process=cat", "  … repeated 219 times");
    }

    @Test
    void aRevisionIsNoNewAlert() {
        alert("pod=<NA>");
        byte[] revision = "{\"output\":\"10:00:00.0: Warning pod=cart\",\"priority\":\"Warning\",\"revision\":1}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(printer.print(revision)).isFalse();
        assertThat(printed)
                .containsExactly(
                        "10:00:00.000000000: Warning pod=<NA>",
                        "10:00:00.0: Warning pod=cart (same alert, revision 1)");
    }

    @Test
    void theWordRevisionMakesNone() {
        byte[] alert = "{\"output\":\"a\",\"output_fields\":{\"revision\":2},\"priority\":\"Warning\"}"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(printer.print(alert)).isTrue();
        assertThat(printed).containsExactly("a");
    }

    @Test
    void linesThatTakeTurnsAreCountedEach() {
        for (int i = 0; i < 6; i++) alert(i % 2 == 0 ? "a" : "b");
        pass(AlertPrinter.QUIET_NANOS);
        assertThat(printed)
                .containsExactly(
                        "10:00:00.000000000: Warning a",
                        "10:00:01.000000000: Warning b",
                        "10:00:04.000000000: Warning a … repeated 2 times",
                        "10:00:05.000000000: Warning b … repeated 2 times");
    }

    @Test
    void whatComesAgainLaterIsPrintedAgain() {
        assertThat(alert("a")).isTrue();
        pass(AlertPrinter.QUIET_NANOS);
        assertThat(alert("a")).isTrue();
        assertThat(alert("a")).isFalse();
        printer.end();
        assertThat(printed)
                .containsExactly(
                        "10:00:00.000000000: Warning a", "10:00:01.000000000: Warning a", "  … repeated 1 time");
    }

    @Test
    void aFloodWithoutEndIsReportedNowAndThen() {
        alert("a");
        long half = AlertPrinter.QUIET_NANOS / 2;
        for (long passed = 0; passed < 2 * AlertPrinter.REPORT_NANOS; passed += half) {
            alert("a");
            pass(half);
        }
        assertThat(printed)
                .containsExactly("10:00:00.000000000: Warning a", "  … repeated 10 times", "  … repeated 10 times");
    }

    @Test
    void anyNumberOfDifferentLinesTakesBoundedMemory() {
        alert("first");
        alert("first");
        for (int i = 0; i < AlertPrinter.REMEMBERED; i++) alert("other " + i);
        assertThat(printed).contains("10:00:01.000000000: Warning first … repeated 1 time");
    }

    static Stream<AlertLine> unfolded() {
        return Stream.of(
                AlertLine.forTerminal(AlertFormat.TEXT, false, ""),
                AlertLine.forTerminal(AlertFormat.JSON, true, ""),
                AlertLine.forTerminal(AlertFormat.JSON, false, ""));
    }

    @ParameterizedTest
    @MethodSource("unfolded")
    void elsewhereThanAsTextOnATerminalEveryAlertIsALine(AlertLine line) {
        printer = new AlertPrinter(line, printed::add, () -> now);
        for (int i = 0; i < 3; i++) assertThat(alert("a")).isTrue();
        printer.end();
        assertThat(printed).hasSize(3);
    }
}
