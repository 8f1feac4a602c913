package dev.tiercel.fields.json;

/// Thrown for text that is not an event; the message says why.
public final class BadEventException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param message the reason, without a position
    public BadEventException(String message) {
        super(message);
    }

    /// No stack trace: it would not be read, and a file may be full of bad events.
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
