package dev.tiercel.broker;

/// Somebody else listens on the port that was asked for; a caller may try another one.
public final class PortTakenException extends BrokerException {
    private static final long serialVersionUID = 1L;

    private final int port;

    PortTakenException(int port, Throwable cause) {
        super("port " + port + " on 127.0.0.1 is taken by another process", cause);
        this.port = port;
    }

    /// The port that was asked for.
    public int port() {
        return port;
    }
}
