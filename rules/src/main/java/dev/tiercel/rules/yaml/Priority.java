package dev.tiercel.rules.yaml;

import java.util.Locale;
import java.util.Optional;

/// Priority of a rule's alerts, most urgent first.
public enum Priority {
    EMERGENCY("Emergency"),
    ALERT("Alert"),
    CRITICAL("Critical"),
    ERROR("Error"),
    WARNING("Warning"),
    NOTICE("Notice"),
    INFORMATIONAL("Informational"),
    DEBUG("Debug");

    private final String label;

    Priority(String label) {
        this.label = label;
    }

    /// As printed in alerts: `Warning`.
    public String label() {
        return label;
    }

    /// Whether this is at least as urgent as `other`.
    public boolean atLeast(Priority other) {
        return compareTo(other) <= 0;
    }

    /// Parses a priority, ignoring case; `Info` is Informational.
    public static Optional<Priority> parse(String text) {
        String wanted = text.strip().toLowerCase(Locale.ROOT);
        if (wanted.equals("info")) {
            return Optional.of(INFORMATIONAL);
        }
        for (Priority priority : values()) {
            if (priority.label.toLowerCase(Locale.ROOT).equals(wanted)) {
                return Optional.of(priority);
            }
        }
        return Optional.empty();
    }
}
