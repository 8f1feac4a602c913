package dev.tiercel.schemas;

import java.util.List;
import java.util.Optional;

/// Where schemas live, and get the ids that records carry. Schemas are Avro, as JSON text.
///
/// Every method may throw [RegistryException] with reason UNAVAILABLE or REFUSED. Thread safe.
public interface SchemaRegistry extends AutoCloseable {

    /// Stands for the subjects without a rule of their own, in [#compatibility] and [#setCompatibility].
    String ALL_SUBJECTS = "";

    /// Adds a version to the subject, unless it has this schema already; returns the schema's id.
    ///
    /// @throws RegistryException INVALID_SCHEMA, or INCOMPATIBLE with the subject's versions
    int register(String subject, String schema);

    /// The schema with this id.
    ///
    /// @throws RegistryException UNKNOWN_SCHEMA
    String schema(int id);

    /// The subject's version that has this schema; empty: none has.
    ///
    /// @throws RegistryException INVALID_SCHEMA
    Optional<RegisteredSchema> lookup(String subject, String schema);

    /// All subjects, sorted.
    List<String> subjects();

    /// The subject's versions, ascending; empty: no such subject.
    List<Integer> versions(String subject);

    /// One version of the subject; empty: no such version.
    Optional<RegisteredSchema> version(String subject, int version);

    /// The last version of the subject; empty: no such subject.
    Optional<RegisteredSchema> latest(String subject);

    /// Whether [#register] would accept the schema.
    ///
    /// @throws RegistryException INVALID_SCHEMA
    boolean isCompatible(String subject, String schema);

    /// The rule set for the subject; empty: none is, so that of [#ALL_SUBJECTS] is in force. That one is never empty.
    Optional<Compatibility> compatibility(String subject);

    /// Sets the rule for the subject, or for [#ALL_SUBJECTS] that have none of their own.
    void setCompatibility(String subject, Compatibility compatibility);

    @Override
    void close();
}
