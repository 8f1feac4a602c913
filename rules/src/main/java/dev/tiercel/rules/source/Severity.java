package dev.tiercel.rules.source;

/// How bad a `Diagnostic` is. An error means that there is no rule set.
public enum Severity {
    ERROR,
    WARNING,
    /// Good to know; not part of Falco's result.
    NOTE
}
