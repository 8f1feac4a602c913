package dev.tiercel.correlation.state;

/// Bytes of a [StateStore], or of a value on its way, that were not written by this version or are damaged.
public final class BadStateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BadStateException(String message) {
        super(message);
    }
}
