package dev.tiercel.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.schemas.BadRecordException.Reason;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.testkit.Seeds;
import org.junit.jupiter.api.Test;

class SchemaIdsTest {

    private final FakeRegistry registry = new FakeRegistry();
    private long now = -5_000_000_000L;
    private final SchemaIds ids = new SchemaIds(registry, () -> now);

    @Test
    void anUnknownIdIsAskedAboutOnceInAWhile() {
        for (int i = 0; i < 1_000; i++) {
            AvroSerdeTest.assertReason(Reason.UNKNOWN_SCHEMA, () -> ids.schema(7));
        }
        assertThat(registry.requests()).isEqualTo(1);
        now += RefusedSchemas.KEPT.toNanos();
        AvroSerdeTest.assertReason(Reason.UNKNOWN_SCHEMA, () -> ids.schema(7));
        assertThat(registry.requests()).isEqualTo(2);
    }

    @Test
    void anIdThatIsRegisteredLaterIsFound() {
        AvroSerdeTest.assertReason(Reason.UNKNOWN_SCHEMA, () -> ids.schema(1));
        registry.register("s", "\"long\"");
        now += RefusedSchemas.KEPT.toNanos();
        assertThat(ids.schema(1)).hasToString("\"long\"");
    }

    @Test
    void manyUnknownIdsAreRefusedUnaskedAndKnownOnesAreRead() {
        int known = registry.register("s", "\"long\"");
        ids.schema(known);
        for (int id = 2; id < 10_000; id++) {
            int unknown = id;
            AvroSerdeTest.assertReason(Reason.UNKNOWN_SCHEMA, () -> ids.schema(unknown));
        }
        assertThat(registry.requests()).isEqualTo(1 + RefusedSchemas.MOST);
        assertThatThrownBy(() -> ids.schema(77_777)).hasMessageContaining("the registry was not asked");
        assertThat(ids.schema(known)).hasToString("\"long\"");
        now += RefusedSchemas.KEPT.toNanos();
        AvroSerdeTest.assertReason(Reason.UNKNOWN_SCHEMA, () -> ids.schema(77_777));
        assertThat(registry.requests()).isEqualTo(2 + RefusedSchemas.MOST);
    }

    @Test
    void batchesAndRecordsAskOnce() {
        BatchVersions versions = new BatchVersions(registry);
        AvroSerde<Alert> alerts = AvroSerde.of(Alert.class, registry, Topics.ALERTS);
        byte[] record = BatchModel.write(new BatchWriter(), new BatchGenerator(Seeds.random(3)).batch(), 777);
        for (int i = 0; i < 100; i++) {
            AvroSerdeTest.assertReason(Reason.UNKNOWN_SCHEMA, () -> versions.current(record));
            AvroSerdeTest.assertReason(Reason.UNKNOWN_SCHEMA, () -> alerts.read(record));
        }
        assertThat(registry.requests()).isEqualTo(2);
    }

    @Test
    void theReasonIsTheSameEachTime() {
        int other =
                AvroSerde.of(DeadLetter.class, registry, Topics.DEAD_LETTERS).schemaId();
        BatchVersions versions = new BatchVersions(registry);
        byte[] record = BatchModel.write(new BatchWriter(), new BatchGenerator(Seeds.random(3)).batch(), other);
        String first = message(versions, record);
        assertThat(first).startsWith("UNRESOLVABLE_SCHEMA: schema id=1");
        assertThat(message(versions, record)).isEqualTo(first);
    }

    private static String message(BatchVersions versions, byte[] record) {
        try {
            versions.current(record);
            return "";
        } catch (BadRecordException refused) {
            return String.valueOf(refused.getMessage());
        }
    }
}
