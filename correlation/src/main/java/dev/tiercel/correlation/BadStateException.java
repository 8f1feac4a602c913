package dev.tiercel.correlation;

/// Bytes of a [StateStore], or of a value on its way, that were not written by this version or are damaged.
public final class BadStateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadStateException(String message) {
        super(message);
    }
}
