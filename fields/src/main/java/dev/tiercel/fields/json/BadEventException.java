package dev.tiercel.fields.json;

/// Some text is no event; the message says why, for people.
public final class BadEventException extends Exception {
    private static final long serialVersionUID = 1L;

    /// @param message why, without saying where
    public BadEventException(String message) {
        super(message);
    }

    /// Nobody looks where it was thrown, and a file may be full of them.
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
