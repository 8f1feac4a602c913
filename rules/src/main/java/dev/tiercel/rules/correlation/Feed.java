package dev.tiercel.rules.correlation;

/// A step that the matches of some rule, signal or correlation feed.
///
/// @param step of `correlation`: one of its steps, or its `until`
public record Feed(Correlation correlation, CorrelationStep step) {}
