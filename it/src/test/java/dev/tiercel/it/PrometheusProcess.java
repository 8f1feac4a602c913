package dev.tiercel.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Debian's Prometheus, on loopback, with our alerting rules and a scrape each second.
final class PrometheusProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final int port;

    private PrometheusProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /// Starts it on what serves `/metrics` at `target`, and waits until it has scraped that twice.
    static PrometheusProcess scraping(Path directory, int target, String password) throws Exception {
        Path secret = Files.writeString(directory.resolve("password"), password);
        Path configuration = Files.writeString(directory.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                  - job_name: tiercel
                    basic_auth: {username: tiercel, password_file: "%s"}
                    static_configs:
                      - targets: ["127.0.0.1:%d"]
                        labels: {part: detector}
                """.formatted(
                        Observed.DIRECTORY.resolve("alerts.yml"), secret, target));
        int port = Machine.freePort();
        Path log = directory.resolve("prometheus.log");
        Process process = new ProcessBuilder(List.of(
                        "/usr/bin/prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        PrometheusProcess started = new PrometheusProcess(process, log, port);
        started.await("count_over_time(tiercel_healthy[1m]) >= 2");
        return started;
    }

    /// Waits until `query` has a result.
    void await(String query) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!isAnswering() || series(query).isEmpty()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                close();
                throw new IllegalStateException(
                        "query=%s never has a result; log=%s".formatted(query, Files.readString(log)));
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private boolean isAnswering() throws Exception {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (ConnectException _) {
            return false;
        }
    }

    /// The series of the result of `query` now.
    ///
    /// @throws IllegalStateException if Prometheus does not take it
    List<JsonNode> series(String query) throws IOException, InterruptedException {
        HttpResponse<String> answer = get("/api/v1/query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
        if (answer.statusCode() != 200) throw new IllegalStateException("query=" + query + ": " + answer.body());
        return Observed.elements(new ObjectMapper().readTree(answer.body()).at("/data/result"));
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
