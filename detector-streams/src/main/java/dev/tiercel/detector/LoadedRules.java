package dev.tiercel.detector;

import dev.tiercel.rules.RuleSet;
import java.time.Instant;

/// A rule set that compiled, and which publication it is.
///
/// @param version     as published: names the content of the files
/// @param publishedAt when
public record LoadedRules(RuleSet ruleSet, String version, Instant publishedAt) {}
