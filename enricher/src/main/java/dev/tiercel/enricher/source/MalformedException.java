package dev.tiercel.enricher.source;

/// A body that has no event; the message says why, for its sender.
public final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedException(String message) {
        super(message);
    }
}
