package dev.tiercel.schemas;

import java.util.List;
import java.util.Optional;

/// A store of schemas, which assigns the ids in records. Schemas are Avro, as JSON text.
///
/// Every method may throw [RegistryException] with reason UNAVAILABLE or REFUSED. Thread-safe.
public interface SchemaRegistry extends AutoCloseable {

    /// Stands for all subjects without a compatibility level of their own, in [#compatibility] and [#setCompatibility].
    String ALL_SUBJECTS = "";

    /// Adds a version to the subject unless it already has this schema; returns the schema's id.
    ///
    /// @throws RegistryException INVALID_SCHEMA, or INCOMPATIBLE with the subject's versions
    int register(String subject, String schema);

    /// The schema with this id.
    ///
    /// @throws RegistryException UNKNOWN_SCHEMA
    String schema(int id);

    /// The subject's version with this schema; empty if there is none.
    ///
    /// @throws RegistryException INVALID_SCHEMA
    Optional<RegisteredSchema> lookup(String subject, String schema);

    /// All subjects, sorted.
    List<String> subjects();

    /// The subject's versions, ascending; empty if there is no such subject.
    List<Integer> versions(String subject);

    /// One version of the subject; empty if it does not exist.
    Optional<RegisteredSchema> version(String subject, int version);

    /// The last version of the subject; empty if there is no such subject.
    Optional<RegisteredSchema> latest(String subject);

    /// Whether [#register] would accept the schema.
    ///
    /// @throws RegistryException INVALID_SCHEMA
    boolean isCompatible(String subject, String schema);

    /// The level set for the subject; if empty, that of [#ALL_SUBJECTS] applies, which is never empty.
    Optional<Compatibility> compatibility(String subject);

    /// Sets the level for the subject, or for [#ALL_SUBJECTS] without one of their own.
    void setCompatibility(String subject, Compatibility compatibility);

    @Override
    void close();
}
