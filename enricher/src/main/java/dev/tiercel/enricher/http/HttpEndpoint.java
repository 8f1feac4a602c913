package dev.tiercel.enricher.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Receipt;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.service.Health;
import dev.tiercel.service.HttpLimits;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.ServerTls;
import dev.tiercel.service.WorkerPool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Takes events by `POST`, at any path, and answers 200 once Kafka has them.
///
/// Listens on the loopback address unless a host is given; beyond it, only with TLS and a way to know senders. Other
/// answers: 400 and 415 (no events; a copy is in `dead-letters`), 401, 405, 413; 429 if Kafka is slower than
/// senders, 503 if it does not answer in time, both to be repeated after `Retry-After`: what was published meanwhile
/// is known by its id.
public final class HttpEndpoint implements Source {
    private static final int CLOSE_SECONDS = 3;
    private static final int RETRY_SECONDS = 5;

    private final String name;
    private final InetSocketAddress address;
    private final Intake intake;
    private final Publisher publisher;
    private final HttpConfig config;
    private final Senders senders;
    private final Bodies bodies;
    private final Semaphore requests;
    private final Metrics metrics;
    private final WorkerPool workers;
    private final Optional<ServerTls> tls;
    private @Nullable HttpServer server;

    /// What all endpoints of a process share.
    ///
    /// @param publisher takes their events
    public record Shared(HttpConfig config, Publisher publisher, Metrics metrics) {}

    /// @param name as users named the source: `k8s-audit=:9765`
    /// @throws IllegalArgumentException if it would listen beyond the loopback address without TLS or to anybody
    public HttpEndpoint(String name, ListenAddress address, Intake intake, HttpAccess access, Shared shared) {
        this.name = name;
        this.address = address.resolve();
        this.intake = intake;
        publisher = shared.publisher();
        config = shared.config();
        metrics = shared.metrics();
        requireGuard(access);
        senders = new Senders(access);
        bodies = new Bodies(config.bodyBytes(), config.memoryBytes());
        requests = new Semaphore(config.requests());
        workers = WorkerPool.perTask("http-" + intake.eventSource());
        tls = config.tls().map(files -> new ServerTls(files, access.clientCa()));
    }

    private void requireGuard(HttpAccess access) {
        boolean loopback = address.getAddress().isLoopbackAddress();
        if (!loopback && config.tls().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: beyond this machine only with TLS: set %s".formatted(name, HttpConfig.TLS_KEYS));
        }
        if (!loopback && !access.asks() && !intake.authenticates()) {
            throw new IllegalArgumentException(
                    "%s: beyond this machine only for known senders: set %stoken-file or %sclient-ca-file"
                            .formatted(name, access.keys(), access.keys()));
        }
        if (access.clientCa().isPresent() && config.tls().isEmpty()) {
            throw new IllegalArgumentException(
                    "%s: %sclient-ca-file needs TLS: set %s".formatted(name, access.keys(), HttpConfig.TLS_KEYS));
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String eventSource() {
        return intake.eventSource();
    }

    @Override
    public void start() {
        senders.start();
        intake.start();
        HttpLimits.apply();
        try {
            HttpServer created = ServerTls.server(tls, address, 0);
            created.setExecutor(workers);
            created.createContext("/", this::handle);
            created.start();
            server = created;
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "%s cannot listen on %s: %s".formatted(name, address, PlainCause.of(failure)), failure);
        }
    }

    /// Where it listens, once started: `https://127.0.0.1:9765/`.
    public URI uri() {
        HttpServer running = server;
        if (running == null) throw new IllegalStateException(name + " is not started");
        InetSocketAddress bound = running.getAddress();
        String host = bound.getAddress().getHostAddress();
        return URI.create("%s://%s:%d/"
                .formatted(
                        tls.isPresent() ? "https" : "http",
                        host.contains(":") ? "[" + host + "]" : host,
                        bound.getPort()));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            metrics.counter(
                            "enricher.http.requests",
                            "Requests, by the status of their answers.",
                            "source",
                            eventSource(),
                            "status",
                            Integer.toString(answer.status()))
                    .increment();
            send(exchange, answer);
            bodies.discard(exchange);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) return Answer.notPosted();
        try {
            senders.require(exchange);
            return read(exchange);
        } catch (RefusedException refused) {
            return refused.answer();
        }
    }

    private Answer read(HttpExchange exchange) throws IOException, RefusedException {
        if (!requests.tryAcquire()) return Answer.later(503, 1, "too many requests at once: enricher.http.requests");
        try (Bodies.Body body = bodies.read(exchange)) {
            return take(new Posted(exchange.getRequestHeaders(), body.bytes())).to(exchange.getRequestHeaders());
        } finally {
            requests.release();
        }
    }

    private Answer take(Posted request) {
        Delivery delivery = new Delivery(eventSource());
        try {
            intake.read(request, delivery);
        } catch (ForgedException forged) {
            return Answer.unknownSender(String.valueOf(forged.getMessage()));
        } catch (MalformedException malformed) {
            return malformed(request.body(), String.valueOf(malformed.getMessage()));
        }
        return delivery.isEmpty() ? Answer.taken(new Receipt(0, 0, 0)) : published(delivery);
    }

    private Answer malformed(byte[] body, String reason) {
        Delivery delivery = new Delivery(eventSource());
        delivery.malformed(body, reason);
        Answer kept = published(delivery);
        return kept.status() == 200 ? Answer.refused(400, reason) : kept;
    }

    private Answer published(Delivery delivery) {
        Optional<CompletableFuture<Receipt>> receipt = publisher.offer(delivery);
        if (receipt.isEmpty()) return Answer.later(429, RETRY_SECONDS, "Kafka is slower than its senders");
        try {
            return Answer.taken(receipt.get().get(config.answerWithin().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException slow) {
            return Answer.later(503, RETRY_SECONDS, "Kafka does not answer");
        } catch (ExecutionException failure) {
            return Answer.later(503, RETRY_SECONDS, PlainCause.of(failure));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Answer.later(503, RETRY_SECONDS, "the enricher is stopping");
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = (answer.message() + "\n").getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), head ? -1 : body.length);
        if (!head) exchange.getResponseBody().write(body);
    }

    @Override
    public Health check() {
        Health health = workers.check()
                .and(senders.check())
                .and(tls.map(ServerTls::check).orElse(Health.ok()))
                .and(intake.check());
        return health.healthy() ? Health.ok(name) : Health.failing(name + ": " + health.detail());
    }

    /// Requests under way have a few seconds to be answered.
    @Override
    public void close() {
        HttpServer running = server;
        server = null;
        if (running != null) running.stop(CLOSE_SECONDS);
        workers.close();
    }
}
