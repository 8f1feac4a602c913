package dev.tiercel.broker;

/// Another process listens on the requested port; a caller may try another one.
public final class PortTakenException extends BrokerException {
    private static final long serialVersionUID = 1L;

    private final int port;

    PortTakenException(int port, Throwable cause) {
        super("port " + port + " on 127.0.0.1 is taken by another process", cause);
        this.port = port;
    }

    /// The requested port.
    public int port() {
        return port;
    }
}
