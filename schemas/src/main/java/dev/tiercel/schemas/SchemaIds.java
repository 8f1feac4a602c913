package dev.tiercel.schemas;

import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/// Resolves schema ids of records; parses each schema once.
final class SchemaIds {

    private final SchemaRegistry registry;
    private final ConcurrentHashMap<Integer, Schema> byId = new ConcurrentHashMap<>();

    SchemaIds(SchemaRegistry registry) {
        this.registry = registry;
    }

    /// The schema of a record.
    ///
    /// @throws BadRecordException UNKNOWN_SCHEMA
    /// @throws RegistryException if the registry is unavailable; the record cannot be classified then
    Schema schema(int id) {
        Schema known = byId.get(id);
        if (known == null) {
            known = fetch(id);
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
