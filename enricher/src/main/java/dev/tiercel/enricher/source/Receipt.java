package dev.tiercel.enricher.source;

/// What became of a delivery that Kafka has.
///
/// @param published events on their topic
/// @param duplicates events that had been published before
/// @param deadLetters pieces and events on `dead-letters`
public record Receipt(int published, int duplicates, int deadLetters) {}
