package dev.tiercel.schemas;

/// A schema as a registry holds it.
///
/// @param id unique in the registry; what is in the records
/// @param version of the subject, from 1
/// @param schema Avro schema, JSON
public record RegisteredSchema(String subject, int version, int id, String schema) {}
