package dev.tiercel.fields.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlatJsonTest {

    private static final List<String> WANTED = List.of("a", "b", "proc.aname[2]", "");
    private static final ObjectReader JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(new TypeReference<Map<String, Object>>() {});

    private final FlatJson flat = new FlatJson(WANTED);
    private final @Nullable Object[] into = new Object[WANTED.size()];

    private boolean read(byte[] json) {
        Arrays.fill(into, null);
        return flat.read(json, 0, json.length, into);
    }

    private boolean read(String json) {
        return read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void wantedValuesAreStored() {
        assertThat(read(" {\"a\" : \"x\\n\\u0041\\\"\", \"c\": 1.5e3,\"b\":-42 , \"proc.aname[2]\":true} \r\n"))
                .isTrue();
        assertThat(into).containsExactly("x\nA\"", -42L, true, null);
        assertThat(read("{}")).isTrue();
        assertThat(read("{\"a\": null, \"a\": \"1\", \"b\": \"2\", \"b\": null}"))
                .isTrue();
        assertThat(into).containsExactly("1", null, null, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"a\": [1]}",
                "{\"a\": {}}",
                "{\"a\": 1.5}",
                "{\"a\": 9000000000000000000}",
                "{\"a\": \"é\"}",
                "{\"é\": 1}",
                "{\"\\u0061\": 1}",
                "{\"a\": 01}",
                "{\"a\": -}",
                "{\"c\": 1.}",
                "{\"c\": 1e}",
                "{\"a\": tru}",
                "{\"a\": 1,}",
                "{\"a\": 1 \"b\": 2}",
                "{\"a\" 1}",
                "{\"a\": \"\\x\"}",
                "{\"a\": \"\\u00g0\"}",
                "{\"a\": 1} {}",
                "{\"a\": \"x",
            })
    void unusualOrInvalidJsonIsLeftToJackson(String json) {
        assertThat(read(json)).isFalse();
    }

    /// Whatever is read is JSON, and means what Jackson says it means.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithJacksonOnWhatItReads(long seed) throws IOException {
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] json = mutated(random, object(random).getBytes(StandardCharsets.UTF_8));
            if (read(json)) {
                accepted++;
                Map<String, Object> expected = JACKSON.readValue(json);
                for (int key = 0; key < into.length; key++) {
                    assertThat(into[key])
                            .as("seed=%d %s", seed, new String(json, StandardCharsets.UTF_8))
                            .isEqualTo(widened(expected.get(WANTED.get(key))));
                }
            }
        }
        assertThat(accepted).isBetween(5_000, 19_000);
    }

    private static @Nullable Object widened(@Nullable Object value) {
        return value instanceof Integer number ? (Long) number.longValue() : value;
    }

    private static String object(Random random) {
        List<String> keys = List.of("a", "b", "proc.aname[2]", "", "other", "proc.aname[3]");
        List<String> values = List.of(
                "1",
                "-0",
                "12.5",
                "1e9",
                "-7E-2",
                "123456789012345678",
                "-8999999999999999999",
                "9223372036854775807",
                "true",
                "false",
                "null",
                "\"\"",
                "\"x y\"",
                "\"\\\\\\\"\\/\\b\\f\\n\\r\\t\"",
                "\"\\ud83d\\u0000\"",
                "\"/bin/sh -c 'x'\"");
        StringBuilder object = new StringBuilder("{");
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            object.append(i == 0 ? "" : random.nextBoolean() ? "," : " , ");
            object.append('"').append(keys.get(random.nextInt(keys.size()))).append("\": ");
            object.append(values.get(random.nextInt(values.size())));
        }
        return object.append('}').toString();
    }

    /// Half of them as they were, half with a byte or two changed, dropped or doubled.
    private static byte[] mutated(Random random, byte[] json) {
        byte[] out = json.clone();
        if (random.nextBoolean()) {
            return out;
        }
        String alphabet = "{}[]\",:\\ue+-.019 tfn\n\u0001x\u00e9";
        for (int i = random.nextInt(2); i >= 0; i--) {
            out[random.nextInt(out.length)] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        }
        return out;
    }
}
