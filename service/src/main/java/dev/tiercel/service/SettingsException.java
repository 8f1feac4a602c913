package dev.tiercel.service;

import java.util.List;

/// The settings are invalid; carries every problem, not only the first.
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    SettingsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /// One line per problem: source, key, value, what is wrong and, if known, what to write instead.
    public List<String> problems() {
        return problems;
    }
}
