package dev.tiercel.sinks;

/// How an alert is printed.
public enum OutputFormat {
    /// One line of text, as Falco prints it: `<time>: <Priority> <text>`.
    TEXT,
    /// One JSON object per line, as it is on `alerts.json`.
    JSON
}
