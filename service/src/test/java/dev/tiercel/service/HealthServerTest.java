package dev.tiercel.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.testkit.TestKeys;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HealthServerTest {
    private final AtomicReference<Health> health = new AtomicReference<>(Health.ok("say \"hi\"\n"));

    private final Component probed = new Component() {
        @Override
        public String name() {
            return "collector";
        }

        @Override
        public void start() {}

        @Override
        public Health check() {
            return health.get();
        }

        @Override
        public void close() {}
    };

    @Test
    void servesHealthAndMetricsOfAllComponents() throws IOException, InterruptedException {
        try (Metrics metrics = Metrics.withJvm();
                HealthServer server = new HealthServer(HealthConfig.from(anyPort()), () -> List.of(probed), metrics)) {
            metrics.counter("detector.events", "Events judged.").increment(3);
            server.start();

            HttpResponse<String> fine = get(server, "/healthz");
            assertThat(fine.statusCode()).isEqualTo(200);
            assertThat(fine.body())
                    .isEqualTo("{\"status\":\"ok\",\"components\":"
                            + "{\"collector\":{\"status\":\"ok\",\"detail\":\"say \\\"hi\\\"\\\\n\"}}}\n");

            assertThat(get(server, "/metrics").body()).contains("tiercel_healthy 1.0");
            health.set(Health.failing("no ring"));
            assertThat(get(server, "/metrics").body()).contains("tiercel_healthy 0.0");
            assertThat(get(server, "/healthz").statusCode()).isEqualTo(503);
            assertThat(get(server, "/metrics").body()).contains("detector_events_total 3.0", "jvm_memory_used_bytes");
            assertThat(get(server, "/healthz/x").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void isReadOnly() throws IOException, InterruptedException {
        try (Metrics metrics = new Metrics();
                HealthServer server = new HealthServer(HealthConfig.from(anyPort()), List::of, metrics)) {
            server.start();
            HttpResponse<String> head = send(server, "HEAD", "/healthz");
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")) {
                HttpResponse<String> refused = send(server, method, "/metrics");
                assertThat(refused.statusCode()).as(method).isEqualTo(405);
                assertThat(refused.headers().firstValue("Allow")).hasValue("GET, HEAD");
            }
        }
    }

    /// A component with a secret.
    private static final class Keeper implements Component, PrivatePages {
        @Override
        public String name() {
            return "keeper";
        }

        @Override
        public void start() {}

        @Override
        public Health check() {
            return Health.ok();
        }

        @Override
        public void close() {}

        @Override
        public Page page(PageRequest request) {
            String asked = request.path().toString()
                    + request.limit()
                    + (request.partition().isPresent()
                            ? " of " + request.partition().getAsInt() + " after " + request.after()
                            : "");
            return new Page(request.path().isEmpty() ? 200 : 404, "{\"secret\":\"" + asked + "\"}");
        }
    }

    private static HttpResponse<String> state(HealthServer server, String path, String password)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                                .header("Authorization", HealthConfig.authorization(password))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void showsStateOnlyToThoseWithThePassword() throws IOException, InterruptedException {
        HealthConfig config = HealthConfig.from(anyPort()).withPassword("0123456789abcdef");
        try (Metrics metrics = new Metrics();
                HealthServer server = new HealthServer(config, () -> List.of(probed, new Keeper()), metrics)) {
            server.start();
            for (String path : List.of("/state", "/state/", "/state/x", "/state/x/y?limit=1", "/statex")) {
                for (HttpResponse<String> refused :
                        List.of(get(server, path), state(server, path, ""), state(server, path, "0123456789abcdeF"))) {
                    assertThat(refused.statusCode()).as(path).isEqualTo(401);
                    assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
                    assertThat(refused.body()).doesNotContain("secret", path);
                }
            }
            assertThat(send(server, "HEAD", "/state").statusCode()).isEqualTo(401);
            assertThat(send(server, "POST", "/state").statusCode()).isEqualTo(401);
            HttpResponse<String> shown = state(server, "/state", "0123456789abcdef");
            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(shown.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(shown.body()).contains("[]100");
            HttpResponse<String> key = state(server, "/state/a%20b/c%2Fd+e/?limit=7", "0123456789abcdef");
            assertThat(key.statusCode()).isEqualTo(404);
            assertThat(key.body()).contains("[a b, c/d+e, ]7");
            assertThat(state(server, "/state?limit=0", "0123456789abcdef").statusCode())
                    .isEqualTo(400);
            assertThat(state(server, "/statex", "0123456789abcdef").statusCode())
                    .isEqualTo(404);
            assertThat(get(server, "/metrics").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void goesOnWhereAPageEnded() throws IOException, InterruptedException {
        HealthConfig config = HealthConfig.from(anyPort()).withPassword("0123456789abcdef");
        try (Metrics metrics = new Metrics();
                HealthServer server = new HealthServer(config, () -> List.of(new Keeper()), metrics)) {
            server.start();
            assertThat(state(server, "/state/x?partition=3&after=a-_%2B.7&limit=999999999", "0123456789abcdef")
                            .body())
                    .contains("[x]10000 of 3 after a-_+.7");
            for (String query : List.of(
                    "limit=x",
                    "limit=1&limit=2",
                    "partition=-1",
                    "partition=9999999999",
                    "after=x",
                    "%22=1",
                    "&",
                    "limit")) {
                HttpResponse<String> refused = state(server, "/state/x?" + query, "0123456789abcdef");
                assertThat(refused.statusCode()).as(query).isEqualTo(400);
                assertThat(refused.body())
                        .as(query)
                        .startsWith("{\"error\":\"the path is ")
                        .endsWith("\"}\n");
            }
            String endless = "/state/x?partition=1&after=" + "a".repeat(40_000);
            assertThatThrownBy(() -> require(state(server, endless, "0123456789abcdef")))
                    .isInstanceOf(IOException.class);
        }
    }

    /// The JDK's server answers what is too long by an error, or by closing the connection.
    private static void require(HttpResponse<String> response) throws IOException {
        if (response.statusCode() >= 400) throw new IOException("status " + response.statusCode());
    }

    @Test
    void showsStateToNobodyWithoutAPassword() throws IOException, InterruptedException {
        try (Metrics metrics = new Metrics();
                HealthServer server =
                        new HealthServer(HealthConfig.from(anyPort()), () -> List.of(new Keeper()), metrics)) {
            server.start();
            assertThat(get(server, "/state").statusCode()).isEqualTo(401);
            assertThat(state(server, "/state", "").statusCode()).isEqualTo(401);
            assertThat(state(server, "/state", "").body())
                    .contains("health.password")
                    .doesNotContain("secret");
        }
    }

    @Test
    void asksForAPasswordWhereOthersCanReachIt() throws IOException, InterruptedException {
        String scraper = "fedcba9876543210";
        Settings settings = Settings.of(java.util.Map.of(
                "health.port", "0",
                "health.host", "0.0.0.0",
                "health.password", "0123456789abcdef",
                "health.metrics-password", scraper));
        try (Metrics metrics = new Metrics();
                HealthServer server =
                        new HealthServer(HealthConfig.from(settings), () -> List.of(new Keeper()), metrics)) {
            server.start();
            for (String path : List.of("/healthz", "/metrics", "/metrics/x")) {
                HttpResponse<String> refused = get(server, path);
                assertThat(refused.statusCode()).as(path).isEqualTo(401);
                assertThat(refused.headers().firstValue("WWW-Authenticate")).isPresent();
                assertThat(refused.body()).doesNotContain("keeper");
                assertThat(state(server, path, "").statusCode()).as(path).isEqualTo(401);
            }
            for (String path : List.of("/healthz", "/metrics")) {
                assertThat(state(server, path, scraper).statusCode()).isEqualTo(200);
                assertThat(state(server, path, "0123456789abcdef").statusCode()).isEqualTo(200);
            }
            assertThat(state(server, "/state", scraper).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void anUnsetPasswordAdmitsNobodyBeyondLoopback() throws IOException, InterruptedException {
        HealthConfig config = new HealthConfig(
                true,
                "0.0.0.0",
                0,
                "0123456789abcdef",
                "",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        try (Metrics metrics = new Metrics();
                HealthServer server = new HealthServer(config, List::of, metrics)) {
            server.start();
            assertThat(state(server, "/metrics", "").statusCode()).isEqualTo(401);
            assertThat(state(server, "/metrics", "0123456789abcdef").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void doesNotListenBeyondLoopbackWithoutAPassword() {
        Settings open = Settings.of(java.util.Map.of("health.host", "0.0.0.0"));
        HealthConfig.from(open);
        assertThatThrownBy(open::requireValid).hasMessageContaining("health.metrics-password");
        Settings off = Settings.of(java.util.Map.of("health.host", "0.0.0.0", "health.enabled", "false"));
        HealthConfig.from(off);
        off.requireValid();
    }

    @Test
    void speaksTlsOnly(@TempDir Path folder) throws Exception {
        TestKeys keys = new TestKeys(folder, "health", "EC");
        Settings settings = Settings.of(Map.of(
                "health.port",
                "0",
                "health.tls-key-file",
                keys.store().toString(),
                "health.tls-key-password",
                TestKeys.PASSWORD));
        try (Metrics metrics = new Metrics();
                HealthServer server = new HealthServer(HealthConfig.from(settings), List::of, metrics);
                HttpClient client =
                        HttpClient.newBuilder().sslContext(keys.trusting()).build()) {
            server.start();
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + "/healthz"))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> get(server, "/healthz")).isInstanceOf(IOException.class);
            assertThat(server.check().healthy()).isTrue();
        }
    }

    @Test
    void keepsAFileThatSaysWhetherAllIsWell(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("health");
        AtomicReference<Instant> now = new AtomicReference<>(Instant.ofEpochSecond(1_764_263_000));
        try (HealthFile kept = new HealthFile(file, () -> health.get().healthy(), now::get)) {
            kept.start();
            assertThat(file).hasContent("ok 1764263000");
            now.set(Instant.ofEpochSecond(1_764_263_002));
            health.set(Health.failing("no ring"));
            kept.write();
            assertThat(file).hasContent("failing 1764263002");
            assertThat(kept.check().healthy()).isTrue();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void isFailingWhileItsFileCannotBeWritten(@TempDir Path folder) throws IOException {
        Path absent = folder.resolve("absent");
        Settings settings = Settings.of(Map.of(
                "health.enabled",
                "false",
                "health.file",
                absent.resolve("health").toString()));
        try (Metrics metrics = new Metrics();
                HealthServer server = new HealthServer(HealthConfig.from(settings), () -> List.of(probed), metrics)) {
            server.start();
            assertThat(server.check().healthy()).isFalse();
            assertThat(server.check().detail()).contains(absent + "/health (health.file): no such file or directory");
        }
    }

    @Test
    void reportsWhichKeyToChangeIfThePortIsTaken() {
        try (Metrics metrics = new Metrics();
                HealthServer first = new HealthServer(HealthConfig.from(anyPort()), List::of, metrics)) {
            first.start();
            HealthConfig same = new HealthConfig(
                    true,
                    "127.0.0.1",
                    first.port(),
                    "",
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    true);
            try (HealthServer second = new HealthServer(same, List::of, metrics)) {
                assertThatThrownBy(second::start).hasMessageContaining("health.port");
            }
        }
    }

    private static Settings anyPort() {
        return Settings.of(java.util.Map.of("health.port", "0"));
    }

    private static HttpResponse<String> get(HealthServer server, String path) throws IOException, InterruptedException {
        return send(server, "GET", path);
    }

    private static HttpResponse<String> send(HealthServer server, String method, String path)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
            HttpRequest request = HttpRequest.newBuilder(uri)
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
