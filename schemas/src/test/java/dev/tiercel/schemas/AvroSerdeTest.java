package dev.tiercel.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tiercel.schemas.BadRecordException.Reason;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.schemas.avro.EventAddress;
import dev.tiercel.schemas.avro.KernelCounts;
import dev.tiercel.schemas.avro.OutputField;
import dev.tiercel.schemas.avro.ProbeProgram;
import dev.tiercel.schemas.avro.RuleFileContent;
import dev.tiercel.schemas.avro.RuleFiles;
import dev.tiercel.schemas.avro.SensorReport;
import dev.tiercel.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AvroSerdeTest {

    private final FakeRegistry registry = new FakeRegistry();
    private final AvroSerde<Alert> alerts = AvroSerde.of(Alert.class, registry, Topics.ALERTS);

    @Test
    void everyRecordTypeRoundTrips() {
        assertRoundTrip(alert(), Topics.ALERTS);
        assertRoundTrip(sensorReport(), Topics.SENSORS);
        assertRoundTrip(
                new RuleFiles("v1", 1L, "me", List.of(new RuleFileContent("a.yaml", "- rule: é"))), Topics.RULES);
        DeadLetter letter = new DeadLetter(
                "alerts",
                1,
                2L,
                3L,
                null,
                ByteBuffer.wrap(new byte[] {1, 2}),
                "CORRUPT",
                "what",
                "detector",
                -1L,
                2L,
                "0f");
        assertRoundTrip(letter, Topics.DEAD_LETTERS);
    }

    private <T extends SpecificRecord> void assertRoundTrip(T record, Topic topic) {
        @SuppressWarnings("unchecked")
        AvroSerde<T> serde = AvroSerde.of((Class<T>) record.getClass(), registry, topic);
        byte[] bytes = serde.write(record);

        assertThat(bytes[0]).isZero();
        assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(serde.schemaId());
        assertThat(serde.read(bytes)).isEqualTo(record);
        assertThat(serde.deserializer().deserialize("t", serde.serializer().serialize("t", record)))
                .isEqualTo(record);
        assertThat(registry.latest(topic.subject())).map(RegisteredSchema::id).hasValue(serde.schemaId());
    }

    @Test
    void tombstonesStayTombstonesInKafkaAndAreMissingElsewhere() {
        assertThat(alerts.serializer().serialize("t", null)).isNull();
        assertThat(alerts.deserializer().deserialize("t", (byte[]) null)).isNull();
        assertReason(Reason.MISSING, () -> alerts.read(null));
    }

    @Test
    void unreadableRecordsHaveAReason() {
        byte[] good = alerts.write(alert());
        assertReason(Reason.TOO_SHORT, () -> alerts.read(new byte[] {0, 0, 0}));
        assertReason(Reason.MAGIC, () -> alerts.read("{\"id\":1}".getBytes(StandardCharsets.UTF_8)));
        assertReason(Reason.UNKNOWN_SCHEMA, () -> alerts.read(new byte[] {0, 0, 0, 99, 1, 5}));
        assertReason(Reason.CORRUPT, () -> alerts.read(Arrays.copyOf(good, good.length - 1)));
        assertReason(Reason.CORRUPT, () -> alerts.read(Arrays.copyOf(good, good.length + 1)));
        int other = registry.register("other", "\"long\"");
        assertReason(Reason.UNRESOLVABLE_SCHEMA, () -> alerts.read(BatchModel.framed(other, new byte[] {2})));
    }

    @Test
    void hostileBytesAreRefusedInProportionToTheirLength() {
        byte[] good = alerts.write(alert());
        for (int length = 0; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThatExceptionOfType(BadRecordException.class).isThrownBy(() -> alerts.read(cut));
        }
        RandomGenerator random = Seeds.random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = good.clone();
            changed[5 + random.nextInt(changed.length - 5)] = (byte) random.nextInt(256);
            readOrRefuse(changed);
        }
        AvroOutput out = new AvroOutput(64);
        for (int i = 0; i < 5; i++) {
            out.writeString("");
        }
        out.writeLong(Integer.MAX_VALUE - 8); // tags that would need 8 GiB
        assertReason(Reason.CORRUPT, () -> alerts.read(BatchModel.framed(alerts.schemaId(), out.toByteArray())));
    }

    private void readOrRefuse(byte[] record) {
        try {
            alerts.read(record);
        } catch (BadRecordException e) {
            assertThat(e.reason()).isEqualTo(Reason.CORRUPT);
        }
    }

    @Test
    void aReportOfAnEarlierVersionIsReadWithDefaults() throws IOException {
        Schema earlier = without(SensorReport.getClassSchema(), "compat");
        int id = registry.register(Topics.SENSORS.subject(), AvroSchemas.text(earlier));
        byte[] record = write(earlier, id, sensorReport());

        SensorReport read =
                AvroSerde.of(SensorReport.class, registry, Topics.SENSORS).read(record);

        SensorReport expected = sensorReport();
        expected.setCompat(0);
        assertThat(read).isEqualTo(expected);
    }

    @Test
    void aReportOfALaterVersionIsReadWithoutNewFields() throws IOException {
        Schema ours = SensorReport.getClassSchema();
        Schema later = with(ours, new Schema.Field("news", Schema.create(Schema.Type.STRING), "doc", "none"));
        int id = registry.register(Topics.SENSORS.subject(), AvroSchemas.text(later));
        byte[] record = write(later, id, sensorReport());

        assertThat(AvroSerde.of(SensorReport.class, registry, Topics.SENSORS).read(record))
                .isEqualTo(sensorReport());
    }

    /// The record in another version of its schema; fields that only that version has get its default.
    static byte[] write(Schema schema, int id, GenericRecord record) throws IOException {
        GenericData.Record copy = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            copy.put(
                    field.name(),
                    record.hasField(field.name())
                            ? record.get(field.name())
                            : GenericData.get().getDefaultValue(field));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(copy, encoder);
        encoder.flush();
        return BatchModel.framed(id, out.toByteArray());
    }

    static Schema without(Schema schema, String name) {
        return copy(schema, fields -> fields.removeIf(field -> field.name().equals(name)));
    }

    static Schema with(Schema schema, Schema.Field added) {
        return copy(schema, fields -> fields.add(added));
    }

    private static Schema copy(Schema schema, Consumer<List<Schema.Field>> change) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            fields.add(new Schema.Field(field, field.schema()));
        }
        change.accept(fields);
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }

    static Alert alert() {
        return Alert.newBuilder()
                .setId("0123456789abcdef0123456789abcdef")
                .setRule("Read sensitive file")
                .setRuleHash("0123456789abcdef")
                .setPriority("Warning")
                .setSource("syscall")
                .setTags(List.of("T1003"))
                .setHostname("web-1")
                .setTime(1_700_000_000_000_000_000L)
                .setOutput("text")
                .setOutputFields(List.of(
                        new OutputField("a", null),
                        new OutputField("b", 1L),
                        new OutputField("c", 1.5),
                        new OutputField("d", true),
                        new OutputField("e", "text"),
                        new OutputField("f", List.of("x", "y"))))
                .setEvents(List.of(new EventAddress("events.syscall", 1, 2L, 3)))
                .setEvidenceComplete(true)
                .build();
    }

    static SensorReport sensorReport() {
        return SensorReport.newBuilder()
                .setNode("web-1")
                .setCollectorStart(1)
                .setTime(2)
                .setKernelRelease("6.1")
                .setCollectorVersion("0.1")
                .setPrograms(List.of(new ProbeProgram("probe_sys_exit", true, "")))
                .setDrained(10)
                .setPublished(5)
                .setStateOnly(3)
                .setIgnored(Map.of("self", 1L))
                .setDropped(Map.of("queue", 1L))
                .setKernel(List.of(new KernelCounts("open", 1L, 2L, 3L)))
                .setFaults(4)
                .setCompat(9)
                .setLag(5)
                .setBytes(6)
                .setBatches(7)
                .setProcesses(8)
                .setContainers(9)
                .build();
    }

    static void assertReason(Reason reason, Runnable call) {
        assertThatExceptionOfType(BadRecordException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.reason()).as(e.getMessage()).isEqualTo(reason));
    }
}
