package dev.tiercel.enricher.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.enricher.source.Pieces;
import dev.tiercel.schemas.avro.SourceEvent;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class GcpAuditFormatTest {
    private static final String ENTRY = """
            {"insertId":"i-1","logName":"projects/p-1/logs/cloudaudit.googleapis.com%2Factivity",\
            "timestamp":"2024-05-01T10:00:00.5Z","resource":{"labels":{"project_id":"p-1"}},\
            "protoPayload":{"methodName":"SetIamPolicy","authenticationInfo":{"principalEmail":"a@example.com"}}}""";

    private final GcpAuditFormat format = new GcpAuditFormat();

    private static String pushed(String data) {
        return "{\"message\":{\"attributes\":{},\"data\":\"%s\",\"messageId\":\"77\"},\"subscription\":\"projects/p-1/subscriptions/s\"}"
                .formatted(Base64.getEncoder().encodeToString(data.getBytes(UTF_8)));
    }

    @Test
    void readsTheHeaderOfAnEntry() throws Exception {
        Pieces pieces = Pieces.of(format, ENTRY);
        SourceEvent event = pieces.only();
        assertThat(event.getId()).isEqualTo("i-1");
        assertThat(event.getTime()).isEqualTo(1714557600500000000L);
        assertThat(event.getSource()).isEqualTo("gcp_auditlog");
        assertThat(event.getOrigin()).isEqualTo("p-1");
        assertThat(event.getActor()).isEqualTo("a@example.com");
        assertThat(event.getVerb()).isEqualTo("SetIamPolicy");
        assertThat(pieces.documents()).containsExactly(ENTRY);
    }

    @Test
    void readsWhatPubSubPushes() throws Exception {
        assertThat(Pieces.of(format, pushed(ENTRY)).documents()).containsExactly(ENTRY);
        String unnamed = ENTRY.replace("insertId", "other");
        assertThat(Pieces.of(format, pushed(unnamed)).only().getId()).isEqualTo("77");
        assertThat(Pieces.of(format, unnamed).only().getId()).hasSize(32);
    }

    @Test
    void takesTheOriginFromTheNameOfTheLog() throws Exception {
        String organization = ENTRY.replace("project_id", "x").replace("projects/p-1", "organizations/12");
        assertThat(Pieces.of(format, organization).only().getOrigin()).isEqualTo("12");
    }

    @Test
    void readsLinesAndArrays() throws Exception {
        assertThat(Pieces.of(format, ENTRY + "\n" + ENTRY).events()).hasSize(2);
        Pieces mixed = Pieces.of(format, "[" + ENTRY + ",{\"a\":1}]");
        assertThat(mixed.events()).hasSize(1);
        assertThat(mixed.malformed())
                .containsExactly("{\"a\":1} → no entry of Cloud Logging: logName or timestamp is missing");
    }

    @Test
    void refusesWhatIsNoEntry() {
        assertThatThrownBy(() -> Pieces.of(format, "{\"a\":1}")).hasMessageContaining("no entry of Cloud Logging");
        assertThatThrownBy(() -> Pieces.of(format, pushed("text"))).hasMessageContaining("message.data: not JSON");
        assertThatThrownBy(() -> Pieces.of(format, "{\"message\":{\"data\":\"#\"}}"))
                .hasMessageContaining("Base64");
        assertThatThrownBy(() -> Pieces.of(format, "{")).hasMessageContaining("not JSON");
    }
}
