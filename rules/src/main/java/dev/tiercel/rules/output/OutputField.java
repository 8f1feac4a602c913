package dev.tiercel.rules.output;

import org.jspecify.annotations.Nullable;

/// One entry of `output_fields`.
///
/// @param name as written in the output: `proc.aname[2]`
/// @param value String, Long, java.math.BigInteger, Double, Boolean, or List of String; null: the event has no value
public record OutputField(String name, @Nullable Object value) {}
