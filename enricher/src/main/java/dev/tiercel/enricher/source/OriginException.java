package dev.tiercel.enricher.source;

/// An origin does not answer, or refuses; the message says what to do, for users.
public final class OriginException extends Exception {
    private static final long serialVersionUID = 1;

    public OriginException(String message, Throwable cause) {
        super(message, cause);
    }

    public OriginException(String message) {
        super(message);
    }
}
