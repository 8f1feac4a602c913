package dev.tiercel.enricher.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.enricher.source.Pieces;
import dev.tiercel.schemas.avro.SourceEvent;
import dev.tiercel.service.Settings;
import dev.tiercel.service.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonFormatTest {
    private static JsonFormat format(Map<String, String> settings) {
        Settings read = Settings.of(settings);
        JsonFormat format = new JsonFormat(JsonConfig.from(read));
        read.requireValid();
        return format;
    }

    @Test
    void makesHeadersAsItIsTold() throws Exception {
        JsonFormat format = format(Map.of(
                "enricher.json.id", "/id",
                "enricher.json.time", "/at",
                "enricher.json.actor", "/user/name",
                "enricher.json.verb", "/what",
                "enricher.json.origin", "/user/name"));
        SourceEvent event = Pieces.of(format, "{\"id\":7,\"at\":1714557600,\"user\":{\"name\":\"bob\"},\"what\":\"x\"}")
                .only();
        assertThat(event.getId()).isEqualTo("7");
        assertThat(event.getTime()).isEqualTo(1714557600000000000L);
        assertThat(event.getActor()).isEqualTo("bob");
        assertThat(event.getOrigin()).isEqualTo("bob");
        assertThat(event.getVerb()).isEqualTo("x");
        assertThat(event.getSource()).isEqualTo("json");
    }

    @Test
    void knowsDocumentsWithoutAnIdByTheirBytes() throws Exception {
        Pieces pieces = Pieces.of(format(Map.of()), "{\"a\":1}\n{\"a\":1}\n{\"a\":2}");
        assertThat(pieces.events().get(0).getId())
                .hasSize(32)
                .isEqualTo(pieces.events().get(1).getId());
        assertThat(pieces.events().get(2).getId())
                .isNotEqualTo(pieces.events().get(0).getId());
        assertThat(pieces.events().get(0).getTime()).isGreaterThan(1_700_000_000_000_000_000L);
    }

    @Test
    void keepsWhatIsNoObject() throws Exception {
        Pieces pieces = Pieces.of(format(Map.of()), "[{\"a\":1},2]\n\"x\"");
        assertThat(pieces.documents()).containsExactly("{\"a\":1}");
        assertThat(pieces.malformed()).containsExactly("2 → no JSON object", "\"x\" → no JSON object");
        assertThatThrownBy(() -> Pieces.of(format(Map.of()), "text")).hasMessageContaining("not JSON");
    }

    @Test
    void pointersBeginWithASlash() {
        assertThatThrownBy(() -> format(Map.of("enricher.json.id", "id")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("enricher.json.id: a pointer begins with /");
    }
}
