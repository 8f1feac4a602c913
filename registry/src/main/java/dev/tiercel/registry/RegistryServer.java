package dev.tiercel.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.RegistryException.Reason;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.service.BasicLogin;
import dev.tiercel.service.Health;
import dev.tiercel.service.HttpLimits;
import dev.tiercel.service.ServerTls;
import dev.tiercel.service.WorkerPool;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves Confluent Schema Registry's REST API for a registry in this process. Supports reads and registration, not
/// deletion.
public final class RegistryServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryServer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String JSON_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int BACKLOG = 64;

    private final HttpServer http;
    private final WorkerPool threads = WorkerPool.perTask("registry");
    private final RegistryRoutes routes;
    private final String authorization;
    private final Optional<ServerTls> tls;

    private RegistryServer(
            HttpServer http, SchemaRegistry registry, RegistryCredentials required, Optional<ServerTls> tls) {
        this.http = http;
        this.tls = tls;
        routes = new RegistryRoutes(registry);
        authorization = required.authorization();
    }

    /// Serves `registry` on the loopback address.
    ///
    /// @param port 0: any free port
    /// @param required what every request must carry; [RegistryCredentials.Anonymous]: nothing
    /// @throws IOException if the port is taken
    public static RegistryServer start(SchemaRegistry registry, int port, RegistryCredentials required)
            throws IOException {
        String loopback = InetAddress.getLoopbackAddress().getHostAddress();
        return start(registry, new RegistryServerConfig(loopback, port, required, Optional.empty(), Optional.empty()));
    }

    /// Serves `registry` where and to whom `config` says. Without TLS what is required travels in plain text.
    ///
    /// @throws IOException if the port is taken or the address is none of this machine's
    /// @throws java.io.UncheckedIOException if a file of TLS cannot be used, with a message for users
    public static RegistryServer start(SchemaRegistry registry, RegistryServerConfig config) throws IOException {
        HttpLimits.apply();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(config.host()), config.port());
        Optional<ServerTls> tls = config.tls().map(files -> new ServerTls(files, config.clientCa()));
        HttpServer http = ServerTls.server(tls, address, BACKLOG);
        RegistryServer server = new RegistryServer(http, registry, config.required(), tls);
        http.setExecutor(server.threads);
        http.createContext("/", server::handle);
        http.start();
        return server;
    }

    /// Where it listens: `http://127.0.0.1:8081`.
    public URI uri() {
        InetSocketAddress address = http.getAddress();
        return URI.create((tls.isPresent() ? "https://" : "http://")
                + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    /// Failing while requests end in internal errors, or files of TLS cannot be used as they are now.
    public Health check() {
        return threads.check()
                .and(tls.map(ServerTls::check).orElse(Health.ok()))
                .and(Health.ok(uri().toString()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            RegistryRoutes.Reply reply = admits(exchange) ? reply(exchange) : unauthorized(exchange);
            byte[] body = reply.body().toString().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", JSON_TYPE);
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(reply.status(), -1);
                return;
            }
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private boolean admits(HttpExchange exchange) {
        String given = exchange.getRequestHeaders().getFirst("Authorization");
        return authorization.isEmpty() || BasicLogin.admits(authorization, given);
    }

    private static RegistryRoutes.Reply unauthorized(HttpExchange exchange) {
        exchange.getResponseHeaders().set("WWW-Authenticate", BasicLogin.CHALLENGE);
        return RegistryRoutes.error(
                401, 40101, "user and password are required; `tiercel up` keeps them in client.properties");
    }

    private RegistryRoutes.Reply reply(HttpExchange exchange) throws IOException {
        try {
            byte[] body = body(exchange);
            if (body.length > MAX_BODY_BYTES) {
                return RegistryRoutes.error(413, 413, "the body is larger than " + MAX_BODY_BYTES + " bytes");
            }
            JsonNode json = body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
            return routes.reply(exchange.getRequestMethod(), segments(exchange.getRequestURI()), json);
        } catch (JacksonException e) {
            return RegistryRoutes.error(400, 400, "the body is not JSON: " + e.getOriginalMessage());
        } catch (RegistryException e) {
            if (e.reason() == Reason.UNAVAILABLE) {
                LOG.warn("schema registry: {}", e.getMessage());
            }
            return RegistryRoutes.error(e.reason().status(), e.reason().code(), String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return RegistryRoutes.error(400, 400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("schema registry: {} {}", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            return RegistryRoutes.error(500, 50001, "internal error: " + e);
        }
    }

    /// Reads at most one byte more than allowed.
    private static byte[] body(HttpExchange exchange) throws IOException {
        try (InputStream in = exchange.getRequestBody()) {
            return in.readNBytes(MAX_BODY_BYTES + 1);
        }
    }

    private static List<String> segments(URI uri) {
        return Arrays.stream(uri.getRawPath().split("/", -1))
                .filter(segment -> !segment.isEmpty())
                .map(segment -> URLDecoder.decode(segment.replace("+", "%2B"), UTF_8))
                .toList();
    }

    /// Closes the port; the registry stays open. Closing twice does nothing.
    @Override
    public void close() {
        http.stop(0);
        threads.close();
    }
}
