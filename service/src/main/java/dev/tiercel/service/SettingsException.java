package dev.tiercel.service;

import java.util.List;

/// The settings are wrong; carries every problem, not only the first.
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /// One line each: key, value, where it came from, what is wrong, what to write instead.
    public List<String> problems() {
        return problems;
    }
}
