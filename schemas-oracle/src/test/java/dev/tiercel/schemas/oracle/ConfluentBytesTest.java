package dev.tiercel.schemas.oracle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.registry.RegistryCredentials;
import dev.tiercel.registry.RegistryServer;
import dev.tiercel.registry.RestRegistry;
import dev.tiercel.registry.RestRegistryConfig;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.BatchHeader;
import dev.tiercel.schemas.BatchVersions;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.ProcessEncoder;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.schemas.avro.RuleFileContent;
import dev.tiercel.schemas.avro.RuleFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.shaded.org.apache.avro.Schema;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericData;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumReader;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericDatumWriter;
import org.apache.flink.avro.shaded.org.apache.avro.generic.GenericRecord;
import org.apache.flink.avro.shaded.org.apache.avro.io.BinaryEncoder;
import org.apache.flink.avro.shaded.org.apache.avro.io.DecoderFactory;
import org.apache.flink.avro.shaded.org.apache.avro.io.EncoderFactory;
import org.apache.flink.formats.avro.registry.confluent.ConfluentSchemaRegistryCoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Records written by one side and read by the other: our serde, and Confluent's client with the framing and the Avro
/// that Flink bundles with it.
@Timeout(120)
class ConfluentBytesTest {

    private final RegistryServer server;
    private final SchemaRegistry registry;
    private final CachedSchemaRegistryClient confluent;

    ConfluentBytesTest() throws IOException {
        server = RegistryServer.start(new InMemoryRegistry(), 0, new RegistryCredentials.Anonymous());
        registry = RestRegistry.open(RestRegistryConfig.of(server.uri()));
        confluent = new CachedSchemaRegistryClient(server.uri().toString(), 100);
    }

    @AfterEach
    void close() throws IOException {
        confluent.close();
        registry.close();
        server.close();
    }

    @Test
    void theyReadWhatWeWrite() throws IOException {
        AvroSerde<RuleFiles> serde = AvroSerde.of(RuleFiles.class, registry, Topics.RULES);
        RuleFiles files = new RuleFiles("v1", 5L, "me", List.of(new RuleFileContent("a.yaml", "- rule: é")));

        GenericRecord read = theyRead(serde.write(files));

        assertThat(read).hasToString(files.toString());
        assertThat(read.getSchema().getFullName()).isEqualTo("dev.tiercel.schemas.avro.RuleFiles");
    }

    @Test
    void weReadWhatTheyWrite() throws IOException {
        DeadLetter letter = new DeadLetter(
                "alerts", 1, 2L, 3L, null, ByteBuffer.wrap(new byte[] {0, -1}), "MAGIC", "é", "detector", -1L, 2L, "");
        Schema schema = new Schema.Parser().parse(DeadLetter.getClassSchema().toString());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ConfluentSchemaRegistryCoder(Topics.DEAD_LETTERS.subject(), confluent).writeSchema(schema, out);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema).write(theirs(schema, letter), encoder);
        encoder.flush();

        assertThat(AvroSerde.of(DeadLetter.class, registry, Topics.DEAD_LETTERS).read(out.toByteArray()))
                .isEqualTo(letter);
    }

    @Test
    void theyReadABatchThatWeWroteWithoutAvro() throws IOException {
        byte[] record = batch(new BatchVersions(registry).register());

        GenericRecord read = theyRead(record);

        assertThat(String.valueOf(read.get("node"))).isEqualTo("web-1");
        assertThat((List<?>) read.get("events"))
                .hasSize(2)
                .first()
                .satisfies(event -> assertThat(String.valueOf(((GenericRecord) event).get("arguments")))
                        .isEqualTo("[3, -100, /etc/shadow, null]"));
        assertThat(new BatchCursor()
                        .wrap(new BatchVersions(registry).current(record))
                        .eventCount())
                .isEqualTo(2);
    }

    private static byte[] batch(int schemaId) {
        BatchWriter writer = new BatchWriter();
        writer.begin(new BatchHeader("web-1", 0, 1, 2, 3, 1_000));
        byte[] body = new ProcessEncoder()
                .pid(77)
                .name("cat")
                .arguments(List.of("/etc/shadow"))
                .encode();
        int process = writer.addProcess(-1, -1, -1, -1, body, body.length);
        byte[] path = "/etc/shadow".getBytes(UTF_8);
        for (int i = 0; i < 2; i++) {
            writer.beginEvent(EventType.OPENAT.number(), 1_000 + i, process, 77, 0, 3);
            writer.arguments(4);
            writer.argument(3);
            writer.argument(-100);
            writer.argument(path, 0, path.length);
            writer.argumentNull();
            writer.paths(1);
            writer.path(path, 0, path.length);
            writer.beginFileDescriptor(3, 1);
            writer.path(path, 0, path.length);
            writer.endFileDescriptor(1, 2, 0100644, 0);
        }
        return writer.finish(0, schemaId);
    }

    private GenericRecord theyRead(byte[] record) throws IOException {
        InputStream in = new ByteArrayInputStream(record);
        Schema schema = new ConfluentSchemaRegistryCoder(confluent).readSchema(in);
        return new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(in, null));
    }

    private static GenericRecord theirs(Schema schema, DeadLetter letter) {
        var record = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            record.put(field.name(), letter.get(field.pos()));
        }
        return record;
    }
}
