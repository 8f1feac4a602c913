package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.rules.output.OutputField;
import dev.tiercel.testkit.Golden;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AlertJsonTest {
    private static final AlertText ISO = new AlertText(true, ZoneOffset.UTC);
    private static final AlertText OF_DAY = new AlertText(false, ZoneOffset.UTC);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void equalsFalcosOutputForTheSameEvents() throws IOException {
        Path folder = Shared.required("data/alert-format");
        List<String> texts = Files.readAllLines(folder.resolve("single_rule_with_cat_write.txt"));
        List<String> jsons = Files.readAllLines(folder.resolve("single_rule_with_cat_write.json"));
        assertThat(jsons).hasSameSizeAs(texts).hasSize(8);
        for (int i = 0; i < jsons.size(); i++) {
            JsonNode expected = JSON.readTree(jsons.get(i));
            Detection detection = seen(expected.path("output_fields"));
            assertThat(ISO.line(detection)).isEqualTo(texts.get(i));
            assertThat(JSON.readTree(json(ISO).render(detection))).isEqualTo(expected);
        }
    }

    /// The same form in our own words, so that every clone tests it.
    @Test
    void isTheTextWithItsTimeAndTheJsonAroundIt() {
        Detection detection = seen(JSON.createObjectNode()
                .put("proc.cmdline", "cat /dev/null")
                .put("evt.time.iso8601", 1_470_327_477_881_781_397L));
        Golden.check("alert/open.txt", ISO.line(detection) + "\n" + json(ISO).render(detection));
    }

    private static Detection seen(JsonNode fields) {
        String command = fields.path("proc.cmdline").asText();
        Detection one =
                Detections.of("An open was seen (command=" + command + ")", new OutputField("proc.cmdline", command));
        return new Detection(
                one.id(),
                one.rule(),
                one.hostname(),
                fields.path("evt.time.iso8601").asLong(),
                one.text(),
                one.fields(),
                one.events(),
                true,
                0,
                null);
    }

    @Test
    void sortsKeysAndKeepsTypes() {
        Detection detection = Detections.of(
                "text",
                new OutputField("proc.name", "bash"),
                new OutputField("container.id", null),
                new OutputField("fd.rport", 443L),
                new OutputField("thread.cap_permitted", new BigInteger("18446744073709551615")),
                new OutputField("evt.is_open_write", true),
                new OutputField("fs.path", List.of("/a", "/b")),
                new OutputField("proc.name", "bash"));
        Golden.check("alert/types.json", json(OF_DAY).render(detection));
    }

    @Test
    void omitsDisabledKeys() {
        Detection detection = Detections.of("text", new OutputField("proc.name", "bash"));
        String nothing = new AlertJson(OF_DAY, new AlertJson.Include(false, false, false, false)).render(detection);
        String all = new AlertJson(OF_DAY, new AlertJson.Include(true, true, true, true)).render(detection);
        Golden.check("alert/include.json", nothing + "\n" + all);
    }

    @Test
    void escapesAsNlohmannDoesAndReplacesInvalidText() {
        assertThat(quoted("\"\\/\b\f\n\r\t\u0000\u001f\u007fé€😀"))
                .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007fé€😀\"");
        assertThat(quoted("a\ud800b\udc00c\udc00\ud800")).isEqualTo("\"a\ufffdb\ufffdc\ufffd\ufffd\"");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1, 1.0",
        "-2.5, -2.5",
        "0.1, 0.1",
        "0.0001, 0.0001",
        "0.00001, 1e-05",
        "123456.789, 123456.789",
        "100000000000000, 100000000000000.0",
        "1e15, 1e+15",
        "1.5e300, 1.5e+300",
        "NaN, null",
        "Infinity, null"
    })
    void printsDoublesAsNlohmannDoes(double value, String text) {
        assertThat(printed(value)).isEqualTo(text);
    }

    @Test
    void everyStringSurvivesAParser() throws IOException {
        StringBuilder text = new StringBuilder();
        for (char c = 0; c < 0x3000; c++) {
            text.append(c);
        }
        assertThat(JSON.readTree(quoted(text.toString())).textValue()).isEqualTo(text.toString());
    }

    private static AlertJson json(AlertText text) {
        return new AlertJson(text, AlertJson.Include.DEFAULT);
    }

    private static String quoted(String text) {
        return printed(text);
    }

    private static String printed(@Nullable Object value) {
        JsonText json = new JsonText();
        json.value(value);
        return json.toString();
    }
}
