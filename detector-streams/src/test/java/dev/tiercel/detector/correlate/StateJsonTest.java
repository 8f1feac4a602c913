package dev.tiercel.detector.correlate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.correlation.LiveKey;
import dev.tiercel.correlation.match.FieldValue;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StateJsonTest {
    private static final long SECOND = 1_000_000_000L;

    private static String json(LiveKey.Learnt learnt) throws JsonProcessingException {
        return new ObjectMapper()
                .writeValueAsString(
                        StateJson.of(new LiveKey(List.of("k"), 1, List.of(), 0, 0, SECOND, SECOND, SECOND, 9, learnt)));
    }

    @Test
    void whatWasLearntKeepsItsKindOfValue() throws JsonProcessingException {
        byte[] bytes = {'a', (byte) 0xff};
        String learnt = json(new LiveKey.Learnt(
                2 * SECOND,
                List.of(
                        new LiveKey.LearntValue(FieldValue.of("\u001b[31m"), SECOND + 1),
                        new LiveKey.LearntValue(FieldValue.of(7), SECOND),
                        new LiveKey.LearntValue(new FieldValue(true, 8, null, null, null), SECOND),
                        new LiveKey.LearntValue(new FieldValue(true, 0, "(a,b)", null, List.of("a", "b")), SECOND),
                        new LiveKey.LearntValue(new FieldValue(true, 0, null, bytes, null), SECOND)),
                3));
        String last = "\"last\":\"1970-01-01T00:00:01Z\"}";
        assertThat(learnt)
                .endsWith(",\"learns_until\":\"1970-01-01T00:00:02Z\",\"learnt\":["
                        + "{\"value\":\"\\u001B[31m\",\"last\":\"1970-01-01T00:00:01.000000001Z\"},"
                        + "{\"value\":\"7\"," + last + ","
                        + "{\"value\":8," + last + ","
                        + "{\"value\":[\"a\",\"b\"]," + last + ","
                        + "{\"value\":\"a\uDBFF\uDFFF\"," + last + "],\"learnt_left_out\":3}");
        assertThat(json(LiveKey.Learnt.NOTHING)).doesNotContain("learn");
    }
}
