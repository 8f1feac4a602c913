package dev.tiercel.fields.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Row;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.avro.SourceEvent;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class DocumentRowTest {

    private static final long TIME = 1_700_000_000_123_456_789L;

    private final DocumentRow row = row("evt.num", "evt.time", "evt.hostname", "evt.source", "evt.rawtime.ns");

    private static DocumentRow row(String... fields) {
        FieldSlots slots = FieldSlots.of(Arrays.stream(fields)
                .map(name ->
                        new FieldReference(FieldCatalog.complete().find(name).orElseThrow(), ""))
                .toList());
        return new DocumentRow("k8s_audit", slots, ZoneOffset.UTC);
    }

    private static SourceEvent event(String document) {
        return new SourceEvent(
                "1", TIME, "k8s_audit", "prod", "alice", "get", ByteBuffer.wrap(document.getBytes(UTF_8)), 5L);
    }

    @Test
    void readsTheHeaderWithoutTheDocument() {
        row.event(event("not JSON"), 42);

        assertThat(row.number(0)).isEqualTo(42);
        assertThat(row.text(1)).isEqualTo("22:13:20.123456789");
        assertThat(row.number(1)).isEqualTo(TIME);
        assertThat(row.text(2)).isEqualTo("prod");
        assertThat(row.text(3)).isEqualTo("k8s_audit");
        assertThat(row.number(4)).isEqualTo(123_456_789);
        assertThat(row.origin()).isEqualTo("prod");
        assertThat(row.time()).isEqualTo(TIME);
    }

    @Test
    void saysAtEachUseThatADocumentIsNotJson() {
        DocumentRow unread = row("evt.rawtime");
        byte[] json = "{\"a\":".getBytes(UTF_8);
        unread.event(json, 0, json.length);

        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> unread.present(0)).isInstanceOf(BadRecordException.class);
        }
    }

    @Test
    void anEventWithoutHeaderHasWhatItsDocumentSays() {
        byte[] json = "{}".getBytes(UTF_8);
        row.event(json, 0, json.length);

        assertThat(row.number(0)).isEqualTo(1);
        assertThat(row.present(1)).isFalse();
        assertThat(row.number(1)).isEqualTo(Row.ABSENT);
        assertThat(row.text(2)).as("as Falco: it is always there").isEmpty();
        assertThat(row.text(3)).isEqualTo("k8s_audit");
        assertThat(row.origin()).isEmpty();
    }

    @Test
    void eventsAreToldApart() {
        row.event(event("{}"), 1);
        long first = row.eventToken();
        row.event(event("{}"), 1);

        assertThat(row.eventToken()).isNotEqualTo(first);
        assertThat(row.processToken()).isEqualTo(-1);
        assertThat(row.eventType()).isZero();
    }
}
