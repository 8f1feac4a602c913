package dev.tiercel.detector;

import dev.tiercel.rules.RuleSet;
import java.time.Instant;

/// A compiled rule set and the publication it comes from.
///
/// @param version     hash of the files, as published
/// @param publishedAt when the files were published
public record LoadedRules(RuleSet ruleSet, String version, Instant publishedAt) {}
