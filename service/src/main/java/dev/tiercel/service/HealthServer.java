package dev.tiercel.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Serves `/healthz` (JSON; 200 if every component is healthy, else 503) and `/metrics` (Prometheus text).
///
/// Read-only. On loopback these need no password unless the configuration has one for them; elsewhere they do. Details
/// and metrics are counts, names of rules and addresses, never events. `/state` ([PrivatePages]) shows names from
/// events, so it wants a password of its own (Basic, user `tiercel`). Without the password the answer is 401, whatever
/// is asked for.
public final class HealthServer implements Component {
    private static final String JSON = "application/json";
    private static final List<String> READING = List.of("GET", "HEAD");

    private final HealthConfig config;
    private final Supplier<List<Component>> components;
    private final Metrics metrics;
    private final WorkerPool workers = WorkerPool.perTask("health");
    private final StateRequests requests;
    private final StateRequests scrapes;
    private final Optional<ServerTls> tls;
    private final Optional<HealthFile> file;
    private @Nullable HttpServer server;

    /// @param components called at each request, so that the list may grow
    public HealthServer(HealthConfig config, Supplier<List<Component>> components, Metrics metrics) {
        this.config = config;
        this.components = components;
        requests = new StateRequests(config.password());
        scrapes = new StateRequests(config.metricsPassword());
        this.metrics = metrics;
        tls = config.tls().map(files -> new ServerTls(files, Optional.empty()));
        file = config.file().map(path -> new HealthFile(path, this::allHealthy, InstantSource.system()));
    }

    @Override
    public String name() {
        return "health";
    }

    @Override
    public void start() {
        if (config.enabled()) listen();
        file.ifPresent(HealthFile::start);
    }

    private boolean allHealthy() {
        return HealthReport.of(components.get()).healthy();
    }

    private void listen() {
        HttpLimits.apply();
        metrics.gauge(
                "tiercel.healthy",
                "1: every component is healthy, as /healthz says; 0: one is not.",
                () -> allHealthy() ? 1 : 0);
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(config.host()), config.port());
            HttpServer created = ServerTls.server(tls, address, 0);
            created.setExecutor(workers);
            created.createContext("/healthz", exchange -> answer(exchange, "/healthz"));
            created.createContext("/metrics", exchange -> answer(exchange, "/metrics"));
            created.createContext(StateRequests.PATH, this::answerState);
            created.start();
            server = created;
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "the health server cannot listen on %s port %d (health.host, health.port): %s"
                            .formatted(config.host(), config.port(), failure.getMessage()),
                    failure);
        }
    }

    /// The port it listens on; 0 if it is not listening.
    public int port() {
        HttpServer running = server;
        return running == null ? 0 : running.getAddress().getPort();
    }

    @Override
    public Health check() {
        return workers.check()
                .and(tls.map(ServerTls::check).orElse(Health.ok()))
                .and(file.map(HealthFile::check).orElse(Health.ok()))
                .and(Health.ok(config.enabled() ? "port " + port() : "disabled"));
    }

    @Override
    public void close() {
        file.ifPresent(HealthFile::close);
        if (server != null) {
            server.stop(0);
            server = null;
        }
        workers.close();
    }

    private void answer(HttpExchange exchange, String path) throws IOException {
        try (exchange) {
            if (config.asksForPassword() && !isKnown(exchange)) {
                refuse(exchange, "text/plain", "a password is required: health.metrics-password\n");
            } else if (!exchange.getRequestURI().getPath().equals(path)) {
                send(exchange, 404, "text/plain", "not found\n");
            } else if (!READING.contains(exchange.getRequestMethod())) {
                refuseMethod(exchange);
            } else if (path.equals("/metrics")) {
                send(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", metrics.scrape());
            } else {
                HealthReport report = HealthReport.of(components.get());
                send(exchange, report.healthy() ? 200 : 503, JSON, report.json());
            }
        }
    }

    private static void refuse(HttpExchange exchange, String type, String text) throws IOException {
        exchange.getResponseHeaders().set("WWW-Authenticate", BasicLogin.CHALLENGE);
        send(exchange, 401, type, text);
    }

    private static void refuseMethod(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Allow", String.join(", ", READING));
        send(exchange, 405, "text/plain", "only GET and HEAD\n");
    }

    private boolean isKnown(HttpExchange exchange) {
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        return scrapes.admits(authorization) || requests.admits(authorization);
    }

    private void answerState(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            if (!requests.admits(exchange.getRequestHeaders().getFirst("Authorization"))) {
                refuse(exchange, JSON, requests.refusal());
            } else if (!READING.contains(exchange.getRequestMethod())) {
                refuseMethod(exchange);
            } else {
                PrivatePages.Page page = page(exchange);
                send(exchange, page.status(), JSON, page.json() + "\n");
            }
        }
    }

    private PrivatePages.Page page(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath();
        Optional<PrivatePages> pages = components.get().stream()
                .filter(PrivatePages.class::isInstance)
                .map(PrivatePages.class::cast)
                .findFirst();
        boolean isState = path.equals(StateRequests.PATH) || path.startsWith(StateRequests.PATH + "/");
        if (pages.isEmpty() || !isState) return new PrivatePages.Page(404, "{\"error\":\"nothing here has a state\"}");
        try {
            return pages.get()
                    .page(StateRequests.request(path, exchange.getRequestURI().getRawQuery()));
        } catch (IllegalArgumentException wrong) {
            String usage =
                    "the path is /state/CORRELATION/KEY…?limit=N or /state/CORRELATION?partition=P&after=CURSOR&limit=N, each encoded: ";
            return new PrivatePages.Page(400, "{\"error\":" + HealthReport.quoted(usage + wrong.getMessage()) + "}");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
