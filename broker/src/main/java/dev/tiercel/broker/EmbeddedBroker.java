package dev.tiercel.broker;

import dev.tiercel.broker.recovery.HangingTransactions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A single-node Kafka cluster on 127.0.0.1, in this JVM; its data outlives it in the given directory.
///
/// Survives kill -9: restarted on the same directory it has the same cluster id and every acknowledged record that
/// had reached the kernel. A transaction that was being ended when the process was killed is ended by the restart,
/// even where Kafka would forget it ([HangingTransactions]). Kafka halts the process if the disk fails, which is
/// announced on stderr ([KafkaHalt]).
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final int BIND_ATTEMPTS = 3;

    private final KafkaRaftServer server;
    private final DirectoryLock lock;
    private final int port;
    private final BrokerAccess access;
    private boolean closed;

    private EmbeddedBroker(KafkaRaftServer server, DirectoryLock lock, int port, BrokerAccess access) {
        this.server = server;
        this.lock = lock;
        this.port = port;
        this.access = access;
    }

    /// Starts on `dataDirectory` (created and formatted at the first start) and returns when clients can connect.
    ///
    /// @param port the port of the listener, 0 for any free one
    /// @param access who may connect; may differ from that of an earlier start
    /// @throws PortTakenException if another process listens on the port
    /// @throws BrokerException if the directory is in use or not writable, or the broker fails to start
    public static EmbeddedBroker start(Path dataDirectory, int port, BrokerAccess access) {
        try {
            Files.createDirectories(dataDirectory);
            BrokerAccess all = access.withAdministrator(Listeners.BROKER_USER, BrokerAccess.randomPassword());
            return startLocked(dataDirectory, port, all, DirectoryLock.take(dataDirectory));
        } catch (IOException e) {
            throw new BrokerException("cannot use data directory " + dataDirectory + ": " + reason(e), e);
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException _ -> "permission denied";
            case FileAlreadyExistsException _ -> "it is no directory";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            default -> String.valueOf(failure.getMessage());
        };
    }

    /// Starts for tests: any process on this machine may do anything.
    public static EmbeddedBroker startInsecure(Path dataDirectory, int port) {
        return start(dataDirectory, port, BrokerAccess.anyone());
    }

    private static EmbeddedBroker startLocked(Path dataDirectory, int port, BrokerAccess access, DirectoryLock lock)
            throws IOException {
        Path logs = dataDirectory.resolve("logs");
        EmbeddedBroker started = null;
        try {
            boolean fresh = format(logs);
            KafkaHalt.announce(logs);
            started = startServer(logs, port, access, lock);
            if (!fresh) HangingTransactions.end(started.clientSettings(Listeners.BROKER_USER));
            return started;
        } finally {
            if (started == null) lock.close();
        }
    }

    /// A free port can be lost between asking for it and binding it, so this retries with another one.
    private static EmbeddedBroker startServer(Path logs, int wantedPort, BrokerAccess access, DirectoryLock lock) {
        for (int attempt = 1; ; attempt++) {
            int port = Ports.reserve(wantedPort);
            Properties properties = BrokerProperties.of(logs, port, Ports.reserve(0), access);
            KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
            try {
                server.startup();
                return new EmbeddedBroker(server, lock, port, access);
            } catch (RuntimeException e) {
                server.shutdown();
                if (attempt == BIND_ATTEMPTS) {
                    throw new BrokerException("the broker did not start on 127.0.0.1:" + port + " over " + logs, e);
                }
                LOG.warn("broker did not start on port {}, trying again", port, e);
            }
        }
    }

    /// The formatter writes `meta.properties` last: a directory that has it is complete.
    ///
    /// @return whether the directory was not formatted before
    private static boolean format(Path logs) {
        if (Files.exists(logs.resolve("meta.properties"))) return false;
        try {
            Files.createDirectories(logs);
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setDirectories(List.of(logs.toString()))
                    .setMetadataLogDirectory(logs.toString())
                    .setControllerListenerName(Listeners.CONTROLLER)
                    .setIgnoreFormatted(true)
                    .run();
            return true;
        } catch (Exception e) {
            throw new BrokerException("cannot format " + logs + ": " + e.getMessage(), e);
        }
    }

    /// Settings of a Kafka client that connects as `user`: address and security.
    ///
    /// @throws IllegalArgumentException if there is no such user
    public Map<String, String> clientSettings(String user) {
        Map<String, String> settings = new HashMap<>(access.clientSettings(user));
        settings.put("bootstrap.servers", bootstrapServers());
        return Map.copyOf(settings);
    }

    /// `127.0.0.1:port`, for any Kafka client on this machine.
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    /// The port of the listener.
    public int port() {
        return port;
    }

    /// Shuts down in order, with everything flushed. Idempotent; blocks until done.
    @Override
    public synchronized void close() {
        if (closed) return;
        closed = true;
        server.shutdown();
        server.awaitShutdown();
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("closing the lock of the broker's data directory", e);
        }
    }
}
