package dev.tiercel.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/// Reads and writes one record type in Confluent's wire format; compatible records of other versions are converted.
///
/// The schema is registered at the first write, under the topic's subject. Null stays null (a tombstone), except for
/// [#read]. Thread-safe.
///
/// @param <T> a class generated into dev.tiercel.schemas.avro
public final class AvroSerde<T extends SpecificRecord> implements Serde<T> {

    private final SchemaRegistry registry;
    private final String subject;
    private final Schema schema;
    private final SpecificDatumWriter<T> writer;
    private final SchemaIds schemas;
    private final RefusedSchemas refused = new RefusedSchemas(System::nanoTime);
    private final ConcurrentHashMap<Integer, DatumReader<T>> readers = new ConcurrentHashMap<>();
    private volatile int schemaId = -1;

    private AvroSerde(Class<T> type, SchemaRegistry registry, String subject) {
        GeneratedRecords.trust();
        this.registry = registry;
        this.subject = subject;
        schema = SpecificData.get().getSchema(type);
        writer = new SpecificDatumWriter<>(schema);
        schemas = new SchemaIds(registry);
    }

    /// The serde of a topic's value.
    public static <T extends SpecificRecord> AvroSerde<T> of(Class<T> type, SchemaRegistry registry, Topic topic) {
        return new AvroSerde<>(type, registry, topic.subject());
    }

    /// The record in Confluent's wire format.
    ///
    /// @throws RegistryException if the schema cannot be registered
    public byte[] write(T value) {
        int id = schemaId();
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(512);
            out.writeBytes(new byte[WireFormat.HEADER_BYTES]);
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            writer.write(value, encoder);
            encoder.flush();
            byte[] record = out.toByteArray();
            WireFormat.writeHeader(record, id);
            return record;
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed, record=" + schema.getFullName(), e);
        }
    }

    /// Decodes `value`.
    ///
    /// @throws BadRecordException if it cannot be decoded, with the reason for `dead-letters`
    /// @throws RegistryException if the registry is unavailable
    public T read(byte @Nullable [] value) {
        if (value == null) {
            throw new BadRecordException(BadRecordException.Reason.MISSING, "no value, record=" + schema.getFullName());
        }
        DatumReader<T> reader = reader(WireFormat.schemaId(value));
        AvroInputDecoder decoder = new AvroInputDecoder(value, WireFormat.HEADER_BYTES);
        T record = decode(reader, decoder);
        if (decoder.remaining() != 0) {
            throw BadRecordException.corrupt("bytes after the record: " + decoder.remaining());
        }
        return record;
    }

    private T decode(DatumReader<T> reader, AvroInputDecoder decoder) {
        try {
            return reader.read(null, decoder);
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new BadRecordException(
                    BadRecordException.Reason.CORRUPT, schema.getFullName() + ": " + e.getMessage(), e);
        }
    }

    /// Id of this version's schema; registers it if needed.
    public int schemaId() {
        int id = schemaId;
        if (id < 0) {
            id = registry.register(subject, AvroSchemas.text(schema));
            schemaId = id;
        }
        return id;
    }

    private DatumReader<T> reader(int id) {
        DatumReader<T> reader = readers.get(id);
        if (reader == null) {
            reader = refused.resolve(id, this::resolvingReader);
            readers.put(id, reader);
        }
        return reader;
    }

    private DatumReader<T> resolvingReader(int id) {
        Schema written = schemas.schema(id);
        checkResolves(written, id);
        return new SpecificDatumReader<>(written, schema);
    }

    private void checkResolves(Schema written, int id) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(schema, written)
                .getResult();
        if (result.getCompatibility() != SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE) {
            throw new BadRecordException(
                    BadRecordException.Reason.UNRESOLVABLE_SCHEMA,
                    "schema id=" + id + " (" + written.getFullName() + ") cannot be read as " + schema.getFullName()
                            + ": " + result.getIncompatibilities());
        }
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> value == null ? null : write(value);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, value) -> value == null ? null : read(value);
    }
}
