package dev.tiercel.schemas;

/// A schema in a registry.
///
/// @param id unique in the registry; the id in records
/// @param version of the subject, from 1
/// @param schema Avro schema, JSON
public record RegisteredSchema(String subject, int version, int id, String schema) {}
