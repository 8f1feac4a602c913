package dev.tiercel.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.schemas.avro.SyscallBatch;
import dev.tiercel.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BatchCodecTest {

    private static final int ID = 0x01020304;

    static LongStream seeds() {
        return Seeds.seeds(300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void avrosGenericReaderReadsWhatTheWriterWrote(long seed) throws IOException {
        SyscallBatch batch = new BatchGenerator(Seeds.random(seed)).batch();

        byte[] record = BatchModel.write(new BatchWriter(), batch, ID);

        assertThat(record).startsWith(0, 1, 2, 3, 4);
        assertThat(generic(record, WireFormat.HEADER_BYTES))
                .as("seed=%d", seed)
                .isEqualTo(generic(specificBytes(batch, EncoderFactory.get()), 0));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theCursorReadsWhatAvrosGenericWriterWrote(long seed) throws IOException {
        SyscallBatch batch = new BatchGenerator(Seeds.random(seed)).batch();
        GenericRecord record = generic(specificBytes(batch, EncoderFactory.get()), 0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(SyscallBatch.getClassSchema()).write(record, encoder);
        encoder.flush();

        BatchCursor cursor = new BatchCursor().wrap(BatchModel.framed(ID, out.toByteArray()));

        assertThat(cursor.schemaId()).isEqualTo(ID);
        assertThat(cursor.eventCount()).isEqualTo(batch.getEvents().size());
        assertThat(BatchModel.read(cursor)).as("seed=%d", seed).isEqualTo(batch);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void blocksOfAnySizeAreRead(long seed) throws IOException {
        SyscallBatch batch = new BatchGenerator(Seeds.random(seed)).batch();
        byte[] blocked = blockingBytes(batch, new EncoderFactory().configureBlockSize(64 + (int) (seed % 200)));

        BatchCursor cursor = new BatchCursor().wrap(BatchModel.framed(ID, blocked));

        assertThat(cursor.eventCount()).isEqualTo(batch.getEvents().size());
        assertThat(BatchModel.read(cursor)).as("seed=%d", seed).isEqualTo(batch);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void writerAndCursorAreInversesAndReusable(long seed) {
        BatchGenerator generator = new BatchGenerator(Seeds.random(seed));
        BatchWriter writer = new BatchWriter();
        BatchCursor cursor = new BatchCursor();
        for (int i = 0; i < 3; i++) {
            SyscallBatch batch = generator.batch();
            byte[] record = BatchModel.write(writer, batch, ID);

            cursor.wrap(record);
            cursor.check();

            assertThat(BatchModel.read(cursor)).as("seed=%d batch=%d", seed, i).isEqualTo(batch);
            cursor.rewind();
            assertThat(cursor.eventCount()).isEqualTo(batch.getEvents().size());
            assertThat(cursor.next()).isEqualTo(!batch.getEvents().isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void removedEventsCountAsLostAndTheRestStays(long seed) throws IOException {
        SyscallBatch batch = new BatchGenerator(Seeds.random(seed)).batch();
        byte[] blocked = blockingBytes(batch, new EncoderFactory().configureBlockSize(64 + (int) (seed % 200)));
        BatchCursor cursor = new BatchCursor().wrap(BatchModel.framed(ID, blocked));

        BatchCursor thinned = new BatchCursor().wrap(cursor.without(type -> type % 2 == 0));

        int before = batch.getEvents().size();
        batch.setEvents(batch.getEvents().stream()
                .filter(event -> event.getType() % 2 != 0)
                .toList());
        batch.setLost(batch.getLost() + before - batch.getEvents().size());
        if (batch.getEvents().isEmpty()) {
            batch.setProcesses(List.of());
            batch.setContainers(List.of());
        }
        thinned.check();
        assertThat(thinned.schemaId()).isEqualTo(ID);
        assertThat(BatchModel.read(thinned)).as("seed=%d", seed).isEqualTo(batch);
    }

    @Test
    void aBatchIsIncompleteAfterALossAndAfterAGap() {
        BatchWriter writer = new BatchWriter();
        BatchHeader header = new BatchHeader("node", 0, 0, 0, 0, 0);
        writer.begin(header);
        assertThat(new BatchCursor().wrap(writer.finish(0, ID)).incomplete()).isFalse();
        writer.begin(header);
        assertThat(new BatchCursor().wrap(writer.finish(1, ID)).incomplete()).isTrue();
        writer.begin(header);
        writer.unwatchedSince(7);
        assertThat(new BatchCursor().wrap(writer.finish(0, ID)).incomplete()).isTrue();
        writer.begin(header);
        assertThat(new BatchCursor().wrap(writer.finish(0, ID)).incomplete()).isFalse();
    }

    @Test
    void sizeIsKnownWithinEightyBytesBeforeTheEnd() {
        BatchWriter writer = new BatchWriter();
        writer.begin(new BatchHeader("node", 0, 0, 0, 0, 0));
        for (int i = 0; i < 100; i++) {
            writer.beginEvent(1, 0, 0, 0, 0, 0);
            writer.arguments(0);
            writer.paths(0);
            writer.noDescriptor();
        }
        int announced = writer.sizeBytes();

        byte[] record = writer.finish(0, ID);

        assertThat(announced).isBetween(record.length, record.length + 80);
    }

    @Test
    void aCancelledEventLeavesNoTrace() {
        BatchWriter writer = new BatchWriter();
        writer.begin(new BatchHeader("node", 0, 0, 0, 0, 0));
        writer.beginEvent(1, 0, 0, 0, 0, 0);
        writer.arguments(2);
        writer.argument(5);
        writer.cancelEvent();

        BatchCursor cursor = new BatchCursor().wrap(writer.finish(0, ID));

        assertThat(cursor.next()).isFalse();
        assertThat(writer.eventCount()).isZero();
    }

    @Test
    void bytesThatAreNotUtf8AreKeptAndCutCharactersToo() throws IOException {
        byte[] bad = {'/', (byte) 0xff, 'a', (byte) 0xc3}; // an invalid byte, and half a character
        BatchWriter writer = new BatchWriter();
        writer.begin(new BatchHeader("node", 0, 0, 0, 0, 0));
        writer.beginEvent(1, 0, -1, 0, 0, 0);
        writer.arguments(1);
        writer.argument(bad, 0, bad.length);
        writer.paths(1);
        writer.path(ByteBuffer.wrap(bad), 0, bad.length);
        writer.noDescriptor();
        byte[] record = writer.finish(0, ID);

        BatchCursor cursor = new BatchCursor().wrap(record);
        assertThat(cursor.next()).isTrue();
        assertThat(RawText.bytes(cursor.argumentString(0))).isEqualTo(bad);
        assertThat(cursor.argumentBytes(0)).isEqualTo("/\uDBFF\uDFFFa\uDBFF\uDFC3".getBytes(UTF_8));
        assertThat(RawText.bytes(cursor.path(0))).isEqualTo(bad);
        assertThat(((List<?>) generic(record, WireFormat.HEADER_BYTES).get("events")))
                .hasSize(1);
    }

    @Test
    void callsOutOfOrderAreBugs() {
        BatchWriter writer = new BatchWriter();
        assertThatThrownBy(() -> writer.beginEvent(1, 0, 0, 0, 0, 0)).isInstanceOf(IllegalStateException.class);
        writer.begin(new BatchHeader("node", 0, 0, 0, 0, 0));
        writer.beginEvent(1, 0, 0, 0, 0, 0);
        writer.arguments(1);
        assertThatThrownBy(() -> writer.paths(0)).hasMessageContaining("itemsLeft=1");
        assertThatThrownBy(() -> writer.finish(0, 0)).isInstanceOf(IllegalStateException.class);
        writer.argumentNull();
        assertThatThrownBy(writer::argumentNull).hasMessageContaining("itemsLeft=0");
        writer.paths(0);
        assertThatThrownBy(() -> writer.endFileDescriptor(0, 0, 0, 0)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void viewsReadEachStringOnce() {
        byte[] body =
                new ProcessEncoder().name("bash").arguments(List.of("-c", "id")).encode();
        BatchWriter writer = new BatchWriter();
        writer.begin(new BatchHeader("node", 0, 0, 0, 0, 0));
        writer.addProcess(-1, -1, -1, -1, body, body.length);
        BatchCursor cursor = new BatchCursor().wrap(writer.finish(0, ID));

        assertThat(cursor.process(0)).isSameAs(cursor.process(0));
        assertThat(cursor.process(0).name())
                .isEqualTo("bash")
                .isSameAs(cursor.process(0).name());
        assertThat(cursor.process(0).arguments()).isSameAs(cursor.process(0).arguments());
        assertThat(cursor.process(0).user()).isNull();
        assertThat(cursor.process(0).loginUid()).isEqualTo(-1);
    }

    static GenericRecord generic(byte[] bytes, int offset) throws IOException {
        return new GenericDatumReader<GenericRecord>(SyscallBatch.getClassSchema())
                .read(null, DecoderFactory.get().binaryDecoder(bytes, offset, bytes.length - offset, null));
    }

    static byte[] specificBytes(SyscallBatch batch, EncoderFactory factory) throws IOException {
        GeneratedRecords.trust();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = factory.binaryEncoder(out, null);
        new SpecificDatumWriter<SyscallBatch>(SyscallBatch.getClassSchema()).write(batch, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    private static byte[] blockingBytes(SyscallBatch batch, EncoderFactory factory) throws IOException {
        GeneratedRecords.trust();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = factory.blockingBinaryEncoder(out, null);
        new SpecificDatumWriter<SyscallBatch>(SyscallBatch.getClassSchema()).write(batch, encoder);
        encoder.flush();
        return out.toByteArray();
    }
}
