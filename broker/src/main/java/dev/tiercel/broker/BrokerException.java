package dev.tiercel.broker;

/// The broker cannot start here; the message says what, where and how to fix it.
public class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// A failure without a cause.
    public BrokerException(String message) {
        super(message);
    }

    /// A failure and its cause.
    public BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
