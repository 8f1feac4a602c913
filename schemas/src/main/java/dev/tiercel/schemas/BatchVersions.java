package dev.tiercel.schemas;

import dev.tiercel.schemas.avro.SyscallBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/// Converts batches written by other versions into the schema that [BatchCursor] reads.
///
/// Thread-safe.
public final class BatchVersions {

    private static final Schema SCHEMA = SyscallBatch.getClassSchema();
    private static final long FINGERPRINT = SchemaNormalization.parsingFingerprint64(SCHEMA);

    private final SchemaRegistry registry;
    private final SchemaIds schemas;
    private final ConcurrentHashMap<Integer, Boolean> current = new ConcurrentHashMap<>();
    private final RefusedSchemas refused = new RefusedSchemas(System::nanoTime);
    private volatile int lastCurrent = -1;

    /// Uses `registry` for ids and schemas.
    public BatchVersions(SchemaRegistry registry) {
        this.registry = registry;
        this.schemas = new SchemaIds(registry);
    }

    /// The schema id for [BatchWriter#finish]; registers the schema.
    public int register() {
        return registry.register(Topics.EVENTS_SYSCALL.subject(), AvroSchemas.text(SCHEMA));
    }

    /// The batch in the schema of this version: usually the same array.
    ///
    /// @throws BadRecordException if it is not a readable batch
    /// @throws RegistryException if the registry is unavailable
    public byte[] current(byte[] record) {
        int id = WireFormat.schemaId(record);
        if (id == lastCurrent) {
            return record;
        }
        if (knownCurrent(id)) {
            lastCurrent = id;
            return record;
        }
        return rewrite(record, schemas.schema(id), id);
    }

    /// Outside of the map: one thread that waits for the registry must not hold up others, whose ids are known.
    private boolean knownCurrent(int id) {
        Boolean known = current.get(id);
        if (known == null) {
            known = refused.resolve(id, this::isCurrent);
            current.put(id, known);
        }
        return known;
    }

    private boolean isCurrent(int id) {
        Schema written = schemas.schema(id);
        if (SchemaNormalization.parsingFingerprint64(written) == FINGERPRINT) {
            return true;
        }
        var result = SchemaCompatibility.checkReaderWriterCompatibility(SCHEMA, written)
                .getResult();
        if (result.getCompatibility() != SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE) {
            throw new BadRecordException(
                    BadRecordException.Reason.UNRESOLVABLE_SCHEMA,
                    "schema id=" + id + " (" + written.getFullName() + ") is not a version of a batch: "
                            + result.getIncompatibilities());
        }
        return false;
    }

    private static byte[] rewrite(byte[] record, Schema written, int id) {
        try {
            AvroInputDecoder decoder = new AvroInputDecoder(record, WireFormat.HEADER_BYTES);
            GenericRecord batch = new GenericDatumReader<GenericRecord>(written, SCHEMA).read(null, decoder);
            ByteArrayOutputStream out = new ByteArrayOutputStream(record.length + 64);
            out.writeBytes(new byte[WireFormat.HEADER_BYTES]);
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(SCHEMA).write(batch, encoder);
            encoder.flush();
            byte[] rewritten = out.toByteArray();
            WireFormat.writeHeader(rewritten, id);
            return rewritten;
        } catch (IOException | AvroRuntimeException | IndexOutOfBoundsException e) {
            throw new BadRecordException(BadRecordException.Reason.CORRUPT, "batch: " + e.getMessage(), e);
        }
    }
}
