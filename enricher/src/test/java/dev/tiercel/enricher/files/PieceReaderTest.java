package dev.tiercel.enricher.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.enricher.source.SourceFormat;
import dev.tiercel.schemas.avro.SourceEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PieceReaderTest {
    private final List<String> pieces = new ArrayList<>();

    /// Takes every piece for an event, and keeps its text.
    private final SourceFormat format = new SourceFormat() {
        @Override
        public String eventSource() {
            return "json";
        }

        @Override
        public Set<String> envelopes() {
            return Set.of("Records");
        }

        @Override
        public void split(byte[] body, Collector into) {
            pieces.add(new String(body, UTF_8));
        }
    };

    private final SourceFormat.Collector malformed = new SourceFormat.Collector() {
        @Override
        public void event(SourceEvent event) {
            throw new AssertionError(event);
        }

        @Override
        public void malformed(byte[] piece, String reason) {
            pieces.add("!" + new String(piece, 0, Math.min(piece.length, 1000), UTF_8));
        }
    };

    private void read(PieceReader reader, InputStream in) throws IOException {
        while (reader.read(in, malformed)) {}
    }

    private List<String> all(String text) throws IOException {
        PieceReader reader = PieceReader.ofWhole(format);
        read(reader, new ByteArrayInputStream(text.getBytes(UTF_8)));
        reader.finish(malformed, "ends too early");
        return pieces;
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = ';', nullValues = "-", textBlock = """
                    {"a":1}|{"a":2}                          ; {"a":1} {"a":2}
                    {"a":1}{"a":2}                           ; {"a":1} {"a":2}
                    {"a":{"b":[1,{}]},"c":"}\\"]"}           ; {"a":{"b":[1,{}]},"c":"}\\"]"}
                    [{"a":1}, {"a":2} ]|{"a":3}              ; {"a":1} {"a":2} {"a":3}
                    []{"a":1}                                ; {"a":1}
                    {"Records":[{"a":1},{"a":2}],"b":[{}]}   ; {"a":1} {"a":2}
                    {"x":{"y":1},"Records":[{"a":1}]}{"b":1} ; {"a":1} {"b":1}
                    {"Records":[]}                           ; -
                    {"x":{"Records":[{"a":1}]}}              ; {"x":{"Records":[{"a":1}]}}
                    {"Records":{"a":1}}                      ; {"Records":{"a":1}}
                    {"a":"Records","b":[1]}                  ; {"a":"Records","b":[1]}
                    {"a":true,"b":-1.5e+3}                   ; {"a":true,"b":-1.5e+3}
                    junk|{"a":1}                             ; !junk| {"a":1}
                    {"a":1,|{"a":2}                          ; !{"a":1,| {"a":2}
                    {"a" 1}|{"a":2}                          ; !{"a"_1}| {"a":2}
                    {"a":"x|{"a":2}                          ; !{"a":"x| {"a":2}
                    one|two|{"a":2}                          ; !one|two| {"a":2}
                    1|{"a":2}                                ; !1| {"a":2}
                    {"a":1}]|{"a":2}                         ; {"a":1} !]| {"a":2}
                    {"a":1}|{"a"                             ; {"a":1} !{"a"
                    {"a":[1}|{"b":1}                         ; !{"a":[1}| {"b":1}
                    """)
    void splits(String text, String expected) throws IOException {
        List<String> found = all(text.replace('|', '\n'));
        assertThat(String.join(
                        " ",
                        found.stream()
                                .map(piece -> piece.replace('\n', '|').replace(' ', '_'))
                                .toList()))
                .isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void passesOverByteOrderMarksAndZeros() throws IOException {
        assertThat(all("\ufeff{\"a\":1}\n\0\0\0\0{\"a\":2}")).containsExactly("{\"a\":1}", "{\"a\":2}");
    }

    @Test
    void givesUpWhatIsTooDeep() throws IOException {
        assertThat(all("{\"a\":" + "[".repeat(2000) + "\n{\"a\":2}")).hasSize(2).contains("{\"a\":2}");
    }

    @Test
    void keepsTheBeginningOfWhatIsTooLong() throws IOException {
        assertThat(all("{\"a\":\"" + "x".repeat(40 << 20) + "\"}{\"a\":2}"))
                .hasSize(2)
                .satisfies(found -> assertThat(found.getFirst()).startsWith("!{\"a\":\"xxx"))
                .contains("{\"a\":2}");
    }

    /// However the bytes come, and wherever the reading was interrupted and begun anew.
    @Test
    void readsTheSameInAnyPortions() throws IOException {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            text.append(
                    switch (random.nextInt(6)) {
                        case 0 -> "{\"Records\":[{\"a\":%d},\n{\"b\":[{}]}]}\n".formatted(i);
                        case 1 -> "[{\"a\":%d},{\"b\":\"\\\\\"}]".formatted(i);
                        case 2 -> "{\n  \"a\": %d\n}\n".formatted(i);
                        case 3 -> "{\"x\":1,\"Records\":[],\"y\":{}} ";
                        case 4 -> "\nbroken { \"\n";
                        default -> "{\"a\":\"é%d\"}\n".formatted(i);
                    });
        }
        List<String> expected = List.copyOf(all(text.append("{}").toString()));
        byte[] bytes = text.toString().getBytes(UTF_8);
        for (int round = 0; round < 50; round++) {
            pieces.clear();
            FilePosition position = FilePosition.START;
            while (position.offset() < bytes.length) {
                int until = Math.min(bytes.length, (int) position.offset() + 1 + random.nextInt(3_000));
                PieceReader reader = new PieceReader(format, position);
                read(reader, new ByteArrayInputStream(bytes, (int) position.offset(), until - (int) position.offset()));
                position = reader.position();
            }
            assertThat(pieces).isEqualTo(expected);
        }
    }
}
