package dev.tiercel.service;

/// A start that was given up, because its end was asked for or a component failed meanwhile.
public final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
        super("stopped while it started");
    }
}
