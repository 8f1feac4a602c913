package dev.tiercel.enricher.okta;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Answers as the system log of Okta does: pages that name the next one, and a limit of requests a second, which it
/// enforces.
final class OktaServer implements AutoCloseable {
    static final String TOKEN = "00secret";
    private static final int PAGE = 50;
    private static final int MOST_REQUESTS = 20;
    private static final Pattern AFTER = Pattern.compile("(?:^|&)after=([0-9]+)");
    private static final Pattern SINCE = Pattern.compile("(?:^|&)since=[^&]+Z(&|$)");

    private final HttpServer server;
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile String nextHost;
    private long second;
    private int requests;

    OktaServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/logs", this::answer);
        server.start();
        nextHost = address();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void add(String event) {
        log.add(event);
    }

    /// Requests that came although the limit was reached.
    int refused() {
        return refused.get();
    }

    /// Names the next page at another server.
    void mislead() {
        nextHost = "http://127.0.0.1:1";
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            long now = System.currentTimeMillis() / 1000;
            requests = now == second ? requests + 1 : 1;
            second = now;
            exchange.getResponseHeaders()
                    .add("X-Rate-Limit-Remaining", String.valueOf(Math.max(0, MOST_REQUESTS - requests)));
            exchange.getResponseHeaders().add("X-Rate-Limit-Reset", String.valueOf(now + 1));
            if (requests > MOST_REQUESTS) {
                refused.incrementAndGet();
                respond(exchange, 429, "{\"errorCode\":\"E0000047\"}");
            } else if (!("SSWS " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                respond(exchange, 401, "{\"errorCode\":\"E0000011\"}");
            } else {
                page(exchange);
            }
        }
    }

    private void page(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        Matcher after = AFTER.matcher(query);
        if (!SINCE.matcher(query).find()) {
            respond(exchange, 400, "{\"errorCode\":\"E0000001\"}");
            return;
        }
        int begin = after.find() ? Integer.parseInt(after.group(1)) : 0;
        int end = Math.min(log.size(), begin + PAGE);
        String self = nextHost + "/api/v1/logs?" + query.replaceAll("&after=[0-9]+", "");
        exchange.getResponseHeaders().add("Link", "<" + self + ">; rel=\"self\"");
        exchange.getResponseHeaders().add("Link", "<" + self + "&after=" + end + ">; rel=\"next\"");
        respond(exchange, 200, "[" + String.join(",", log.subList(begin, end)) + "]");
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
