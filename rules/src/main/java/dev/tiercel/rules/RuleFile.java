package dev.tiercel.rules;

/// One rules file: a stream of YAML documents.
///
/// @param name what diagnostics call it, usually its path
public record RuleFile(String name, String content) {}
