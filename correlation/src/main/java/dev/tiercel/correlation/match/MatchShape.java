package dev.tiercel.correlation.match;

import dev.tiercel.rules.correlation.CorrelationStep;
import java.util.List;

/// What the matches of a correlation have in common.
///
/// @param name      of the correlation
/// @param structure of it
/// @param steps     with `until` as the last
public record MatchShape(String name, String structure, List<CorrelationStep> steps) {}
