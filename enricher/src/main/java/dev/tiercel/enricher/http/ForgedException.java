package dev.tiercel.enricher.http;

/// A request that does not prove its sender; the message says why, without secrets.
public final class ForgedException extends Exception {
    private static final long serialVersionUID = 1;

    public ForgedException(String message) {
        super(message);
    }
}
