package dev.tiercel.broker;

/// The broker cannot start here; the message says what, where and how to fix it.
public class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// With nothing beneath it.
    public BrokerException(String message) {
        super(message);
    }

    /// With the failure it explains.
    public BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
