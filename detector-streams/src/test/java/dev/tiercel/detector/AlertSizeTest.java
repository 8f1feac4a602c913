package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.output.OutputField;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlertSizeTest {
    @Test
    void leavesOrdinaryAlertsAlone() {
        Detection detection = Detections.of("x".repeat(100_000), new OutputField("proc.name", "y".repeat(20_000)));
        assertThat(AlertSize.bounded(detection)).isSameAs(detection);
    }

    @Test
    void cutsGiantsBelowWhatABrokerTakes() {
        String giant = "😀".repeat(500_000);
        OutputField[] fields =
                Collections.nCopies(60, new OutputField("proc.cmdline", giant)).toArray(OutputField[]::new);
        Detection bounded = AlertSize.bounded(Detections.of(giant, fields));
        assertThat(bounded.id()).isEqualTo(Detections.of(giant).id());
        assertThat(bounded.text()).endsWith("😀… (cut)").hasSizeLessThan(66_000);
        String json =
                new AlertJson(new AlertText(true, java.time.ZoneOffset.UTC), AlertJson.Include.DEFAULT).render(bounded);
        assertThat(json.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hasSizeLessThan(900_000);
    }

    @Test
    void cutsLists() {
        List<String> paths = Collections.nCopies(1_000, "/x".repeat(500));
        Detection bounded = AlertSize.bounded(Detections.of("x", new OutputField("fs.path", paths)));
        assertThat((List<?>) bounded.fields().getFirst().value()).hasSize(20);
    }
}
