package dev.tiercel.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.BadRecordException.Reason;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.SyscallBatch;
import dev.tiercel.testkit.Seeds;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class BatchVersionsTest {

    private final FakeRegistry registry = new FakeRegistry();
    private final BatchVersions versions = new BatchVersions(registry);
    private final SyscallBatch batch = new BatchGenerator(Seeds.random(3)).batch();

    @Test
    void aBatchOfThisVersionIsReturnedUnchanged() {
        byte[] record = BatchModel.write(new BatchWriter(), batch, versions.register());

        assertThat(versions.current(record)).isSameAs(record);
        assertThat(versions.current(record)).isSameAs(record);
    }

    @Test
    void aBatchOfALaterVersionIsReadWithoutNewFields() throws IOException {
        Schema later = AvroSerdeTest.with(
                SyscallBatch.getClassSchema(),
                new Schema.Field("news", Schema.create(Schema.Type.STRING), "doc", "none"));
        int id = registry.register(Topics.EVENTS_SYSCALL.subject(), AvroSchemas.text(later));

        byte[] current = versions.current(AvroSerdeTest.write(later, id, batch));

        assertThat(BatchModel.read(new BatchCursor().wrap(current))).isEqualTo(batch);
    }

    @Test
    void aBatchOfAnEarlierVersionFollowsNoGap() throws IOException {
        Schema earlier = AvroSerdeTest.without(SyscallBatch.getClassSchema(), "unwatchedSince");
        int id = registry.register(Topics.EVENTS_SYSCALL.subject(), AvroSchemas.text(earlier));

        BatchCursor cursor = new BatchCursor().wrap(versions.current(AvroSerdeTest.write(earlier, id, batch)));

        assertThat(cursor.unwatchedSince()).isZero();
        batch.setUnwatchedSince(0);
        assertThat(BatchModel.read(cursor)).isEqualTo(batch);
    }

    @Test
    void otherRecordsAreRefused() {
        int alert = AvroSerde.of(Alert.class, registry, Topics.ALERTS).schemaId();
        byte[] record = BatchModel.write(new BatchWriter(), batch, alert);

        AvroSerdeTest.assertReason(Reason.UNRESOLVABLE_SCHEMA, () -> versions.current(record));
        AvroSerdeTest.assertReason(Reason.TOO_SHORT, () -> versions.current(new byte[0]));
        WireFormat.writeHeader(record, 777);
        AvroSerdeTest.assertReason(Reason.UNKNOWN_SCHEMA, () -> versions.current(record));
    }

    @Test
    void aCorruptBatchOfAnotherVersionIsRefused() throws IOException {
        Schema later = AvroSerdeTest.with(
                SyscallBatch.getClassSchema(),
                new Schema.Field("news", Schema.create(Schema.Type.STRING), "doc", "none"));
        int id = registry.register(Topics.EVENTS_SYSCALL.subject(), AvroSchemas.text(later));
        byte[] record = AvroSerdeTest.write(later, id, batch);

        for (int length = 5; length < record.length; length++) {
            byte[] cut = Arrays.copyOf(record, length);
            AvroSerdeTest.assertReason(Reason.CORRUPT, () -> versions.current(cut));
        }
    }
}
