package dev.tiercel.sinks.receiver;

import dev.tiercel.service.ClientTls;
import dev.tiercel.service.WorkerPool;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A way to a syslog server, opened when it is needed. Not thread-safe.
final class SyslogConnection implements AutoCloseable {
    private static final int PATIENCE_MS = 10_000;
    /// RFC 5426, 6587 and 5425.
    private static final Map<String, Integer> PORTS = Map.of("udp", 514, "tcp", 601, "tls", 6514);

    private final String scheme;
    private final String host;
    private final int port;
    private final ClientTls tls;
    private final WorkerPool watchdog = WorkerPool.of("syslog", 1, 64);
    private @Nullable Socket stream;
    /// Below TLS, if there is any.
    private volatile @Nullable Socket plain;
    private @Nullable DatagramSocket datagrams;

    private SyslogConnection(String scheme, String host, int port, ClientTls tls) {
        this.scheme = scheme;
        this.host = host;
        this.port = port;
        this.tls = tls;
    }

    /// @param address  `udp://HOST:PORT`, `tcp://…` or `tls://…`; the port may be left out
    /// @param problems told if it is none
    static SyslogConnection to(String address, ClientTls tls, Consumer<String> problems) {
        try {
            URI uri = new URI(address);
            Integer usual = uri.getScheme() == null ? null : PORTS.get(uri.getScheme());
            if (usual != null && uri.getHost() != null) {
                int port = uri.getPort() < 0 ? usual : uri.getPort();
                return new SyslogConnection(uri.getScheme(), uri.getHost(), port, tls);
            }
        } catch (URISyntaxException none) {
            // as below
        }
        if (!address.isEmpty())
            problems.accept("must be udp://HOST:PORT, tcp://HOST:PORT or tls://HOST:PORT, not '" + address + "'");
        return new SyslogConnection("udp", "localhost", 514, tls);
    }

    boolean datagrams() {
        return scheme.equals("udp");
    }

    /// Connects, unless it is connected.
    void open() throws IOException {
        if (datagrams()) {
            if (datagrams == null) datagrams = new DatagramSocket();
            address();
        } else if (stream == null || isEnded(stream)) {
            close();
            stream = connect();
        }
    }

    private InetSocketAddress address() throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) throw new UnknownHostException(host);
        return address;
    }

    /// Servers say nothing: what can be read is the end.
    private static boolean isEnded(Socket socket) throws IOException {
        if (socket.isClosed()) return true;
        socket.setSoTimeout(1);
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException silent) {
            return false;
        } catch (IOException broken) {
            return true;
        }
    }

    private Socket connect() throws IOException {
        Socket plain = new Socket();
        try {
            plain.connect(address(), PATIENCE_MS);
            plain.setSoTimeout(PATIENCE_MS);
            this.plain = plain;
            return scheme.equals("tls") ? secured(plain) : plain;
        } catch (IOException | IllegalArgumentException failure) {
            plain.close();
            throw failure instanceof IOException io ? io : new IOException(failure.getMessage(), failure);
        }
    }

    private SSLSocket secured(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) tls.sockets().createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // RFC 5425, 5.2: the name is verified
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /// Sends a datagram, or writes to the connection.
    void send(byte[] bytes) throws IOException {
        open();
        DatagramSocket datagram = datagrams;
        if (datagram != null) {
            datagram.send(new DatagramPacket(bytes, bytes.length, address()));
            return;
        }
        Socket socket = stream;
        if (socket == null) throw new IOException("not connected");
        AtomicBoolean written = new AtomicBoolean();
        watchdog.execute(() -> abandon(written), Duration.ofMillis(PATIENCE_MS));
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException broken) {
            close();
            throw broken;
        } finally {
            written.set(true);
        }
    }

    /// A server that does not read must not hold up its sender for ever, as no time limit of sockets ends a write.
    private void abandon(AtomicBoolean written) {
        Socket open = plain;
        if (written.get() || open == null) return;
        try {
            open.setSoLinger(true, 0);
            open.close();
        } catch (IOException gone) {
            // then the write ends, too
        }
    }

    @Override
    public void close() {
        DatagramSocket datagram = datagrams;
        if (datagram != null) datagram.close();
        datagrams = null;
        Socket socket = stream;
        stream = null;
        if (socket == null) return;
        try {
            socket.close();
        } catch (IOException broken) {
            // it is gone either way
        }
    }
}
