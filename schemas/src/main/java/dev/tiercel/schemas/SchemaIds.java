package dev.tiercel.schemas;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/// Resolves schema ids of records; parses each schema once, and asks about an unknown one once in a while.
final class SchemaIds {

    private final SchemaRegistry registry;
    private final ConcurrentHashMap<Integer, Schema> byId = new ConcurrentHashMap<>();
    private final RefusedSchemas refused;

    SchemaIds(SchemaRegistry registry) {
        this(registry, System::nanoTime);
    }

    SchemaIds(SchemaRegistry registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.refused = new RefusedSchemas(nanoTime);
    }

    /// The schema of a record.
    ///
    /// @throws BadRecordException UNKNOWN_SCHEMA
    /// @throws RegistryException if the registry is unavailable; the record cannot be classified then
    Schema schema(int id) {
        Schema known = byId.get(id);
        if (known == null) {
            known = refused.resolve(id, this::fetch);
            byId.put(id, known);
        }
        return known;
    }

    private Schema fetch(int id) {
        try {
            return AvroSchemas.parse(registry.schema(id));
        } catch (RegistryException e) {
            switch (e.reason()) {
                case UNKNOWN_SCHEMA, INVALID_SCHEMA ->
                    throw new BadRecordException(
                            BadRecordException.Reason.UNKNOWN_SCHEMA, "schema id=" + id + ": " + e.getMessage(), e);
                default -> throw e;
            }
        }
    }
}
