package dev.tiercel.enricher.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonShapeTest {
    private final JsonShape shape = new JsonShape(List.of("/a", "/b/c", "/b", "/x~1y~0"), List.of("items"));

    private List<JsonPiece> read(String body) {
        return shape.read(body.getBytes(UTF_8));
    }

    private static List<String> documents(List<JsonPiece> pieces) {
        return pieces.stream().map(piece -> EventTopics.text(piece.document())).toList();
    }

    @Test
    void readsTextsAtPointers() {
        JsonPiece piece = read("{\"a\":\"ü\\n\",\"b\":{\"c\":1.50,\"d\":[1]},\"x/y~\":true}")
                .getFirst();
        assertThat(piece.text(0)).isEqualTo("ü\n");
        assertThat(piece.text(1)).isEqualTo("1.50");
        assertThat(piece.text(2)).isEqualTo("{\"c\":1.50,\"d\":[1]}");
        assertThat(piece.text(3)).isEqualTo("true");
    }

    @Test
    void absentAndNullAreEmptyAndTheLastOfTwoCounts() {
        JsonPiece piece = read("{\"a\":\"1\",\"a\":\"2\",\"b\":null}").getFirst();
        assertThat(piece.text(0)).isEqualTo("2");
        assertThat(piece.text(1)).isEmpty();
        assertThat(piece.text(2)).isEmpty();
    }

    @Test
    void keepsTheBytesOfEachObject() {
        assertThat(documents(read("  { \"a\" : 1 }\n\r\n{\"ü\":2}{} [ {\"a\":3} , {\"b\":[4]}]")))
                .containsExactly("{ \"a\" : 1 }", "{\"ü\":2}", "{}", "{\"a\":3}", "{\"b\":[4]}");
    }

    @Test
    void opensLists() {
        JsonPiece piece = read("{\"items\":[{\"a\":1},7,{\"items\":[{\"a\":2}]}],\"a\":0}")
                .getFirst();
        assertThat(piece.text(0)).isEqualTo("0");
        assertThat(piece.isEnvelope()).isTrue();
        assertThat(documents(piece.elements())).containsExactly("{\"a\":1}", "7", "{\"items\":[{\"a\":2}]}");
        assertThat(piece.elements().get(1).problem()).isEqualTo("no JSON object");
        assertThat(piece.elements().get(2).elements().getFirst().text(0)).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "nonsense", "{\"a\":1}}", "{\"a\":\"\u0001\"}", "[{\"a\":1},"})
    void saysWhereItIsNoJson(String wrong) {
        List<JsonPiece> pieces = read("{\"a\":0}\n" + wrong);
        assertThat(pieces.getFirst().problem()).isNull();
        assertThat(pieces.getLast().problem()).startsWith("not JSON from byte ");
        assertThat(EventTopics.text(pieces.getLast().document())).endsWith(wrong.substring(wrong.length() - 1));
    }

    @Test
    void whatIsTooDeepIsNoJson() {
        assertThat(read("[".repeat(100_000)).getLast().problem()).startsWith("not JSON");
        assertThat(read("{\"items\":[".repeat(400)).getLast().problem()).startsWith("not JSON");
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(documents(read("\uFEFF{\"a\":1}"))).containsExactly("{\"a\":1}");
    }

    @Test
    void readsOnlyUtf8() {
        assertThat(shape.read("{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE))
                        .getFirst()
                        .problem())
                .isNotNull();
    }
}
