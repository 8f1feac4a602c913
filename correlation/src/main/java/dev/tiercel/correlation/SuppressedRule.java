package dev.tiercel.correlation;

import dev.tiercel.rules.correlation.Suppression;

/// A rule whose alerts are to be folded.
///
/// @param rule   its name
/// @param source its event source
public record SuppressedRule(String rule, String source, Suppression suppress) {}
