package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.rules.output.OutputField;
import dev.tiercel.schemas.BadRecordException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AlertSizeTest {
    private static final int RECORD_LIMIT = 1 << 20;

    private final AlertSize size = new AlertSize();

    @Test
    void leavesOrdinaryAlertsUnchanged() {
        Detection detection = Detections.of("x".repeat(40_000), new OutputField("proc.name", "y".repeat(20_000)));
        assertThat(size.bounded(detection)).isSameAs(detection);
    }

    /// One byte a character, three, four, and one that JSON writes as six.
    @ParameterizedTest
    @ValueSource(strings = {"x", "€", "😀", "\u0001"})
    void cutsHugeAlertsBelowTheRecordLimitInEitherForm(String character) {
        String giant = character.repeat(200_000);
        OutputField[] fields =
                Collections.nCopies(60, new OutputField("proc.cmdline", giant)).toArray(OutputField[]::new);
        Detection bounded = size.bounded(Detections.of(giant, fields));
        assertThat(bounded.id()).isEqualTo(Detections.of(giant).id());
        assertThat(bounded.text()).endsWith(character + "… (cut)");
        assertThat(bounded.text().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan((16 << 10) + 20);
        String json = new AlertJson(new AlertText(true, ZoneOffset.UTC), AlertJson.Include.DEFAULT).render(bounded);
        assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(RECORD_LIMIT);
    }

    /// The most that stays whole, all of it escaped.
    @Test
    void wholeAlertsStayBelowTheLimitAsJson() {
        Detection detection = Detections.of(
                "\u0001".repeat(30_000), new OutputField("proc.args", "\u0001".repeat(AlertSize.WHOLE - 30_100)));
        assertThat(size.bounded(detection)).isSameAs(detection);
        String json = new AlertJson(new AlertText(true, ZoneOffset.UTC), AlertJson.Include.DEFAULT).render(detection);
        assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(RECORD_LIMIT);
    }

    @Test
    void cutsLists() {
        List<String> paths = Collections.nCopies(1_000, "/x".repeat(500));
        Detection bounded = size.bounded(Detections.of("x", new OutputField("fs.path", paths)));
        assertThat((List<?>) bounded.fields().getFirst().value()).hasSize(20);
    }

    @Test
    void refusesMoreThanABatchMayRaise() {
        Detection whole = Detections.of("x".repeat(AlertSize.WHOLE));
        assertThatThrownBy(() -> repeat(whole, 1_025))
                .isInstanceOf(BadRecordException.class)
                .hasMessageContaining("EXCESSIVE");
        size.begin();
        repeat(whole, 1_024);
    }

    @Test
    void refusesMoreThanABatchMayRender() {
        Detection huge = Detections.of("x".repeat(100 << 20));
        assertThatThrownBy(() -> repeat(huge, 31)).hasMessageContaining("EXCESSIVE");
        size.begin();
        repeat(huge, 30);
    }

    private void repeat(Detection detection, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(size.bounded(detection).id()).isEqualTo(detection.id());
        }
    }
}
