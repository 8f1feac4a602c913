package dev.tiercel.enricher.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.enricher.source.EventTopics;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.TestBroker;
import dev.tiercel.testkit.TestKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What senders see, and what is published of it.
class HttpEndpointTest {
    private static final int LONGEST = 1 << 20;

    @TempDir
    Path folder;

    private final String id = TestBroker.unique("http") + "-";
    private final Map<String, String> settings = new HashMap<>(Map.of("enricher.http.body-bytes", "1MiB"));
    private final Metrics metrics = new Metrics();
    private final Publisher publisher = EventTopics.publisher(id);
    private HttpClient client = HttpClient.newHttpClient();
    private HttpEndpoint endpoint;

    @BeforeEach
    void start() {
        publisher.start();
    }

    @AfterEach
    void stop() {
        if (endpoint != null) endpoint.close();
        client.close();
        publisher.close();
    }

    private HttpEndpoint endpoint(String address) {
        Settings read = Settings.of(settings);
        HttpConfig config = HttpConfig.from(read);
        HttpAccess access = HttpAccess.from(read, "json");
        read.requireValid();
        return new HttpEndpoint(
                "json=" + address,
                ListenAddress.parse(address).orElseThrow(),
                Intake.of(new LineFormat()),
                access,
                new HttpEndpoint.Shared(config, publisher, metrics));
    }

    private void listen() {
        endpoint = endpoint(":0");
        endpoint.start();
    }

    private void set(String key, Object value) {
        settings.put("enricher." + key, value.toString());
    }

    private TestKeys tls(String algorithm) throws Exception {
        TestKeys server = new TestKeys(folder, "server", algorithm);
        set("http.tls-certificate-file", server.certificate());
        set("http.tls-key-file", server.key());
        return server;
    }

    private void client(SSLContext tls) {
        client.close();
        client = HttpClient.newBuilder().sslContext(tls).build();
    }

    private HttpResponse<String> post(BodyPublisher body, String... headers) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint.uri().resolve("/any/path")).POST(body);
        if (headers.length > 0) request.headers(headers);
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String body, String... headers) throws Exception {
        return post(BodyPublishers.ofString(body), headers);
    }

    private List<String> published() {
        return EventTopics.ids("json", id);
    }

    @Test
    void answersOnceKafkaHasTheEvents() throws Exception {
        listen();
        HttpResponse<String> answer = post(id + 1 + "\n" + id + 2 + "\n" + id + 1 + "\n?" + id);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"published\":2,\"duplicates\":1,\"deadLetters\":1}\n");
        assertThat(published()).containsExactly(id + 1, id + 2);
        assertThat(EventTopics.deadLetters("?" + id)).hasSize(1);
        assertThat(metrics.scrape()).contains("enricher_http_requests_total{source=\"json\",status=\"200\"} 1.0");
        assertThat(endpoint.check().healthy()).isTrue();
    }

    @Test
    void saysWhatIsWrongAndKeepsIt() throws Exception {
        listen();
        HttpResponse<String> answer = post("{" + id);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("it begins with a brace\n");
        assertThat(EventTopics.deadLetters("{" + id)).hasSize(1);
    }

    @Test
    void takesNothingButPosts() throws Exception {
        listen();
        HttpResponse<String> answer =
                client.send(HttpRequest.newBuilder(endpoint.uri()).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void anEmptyBodyIsNoTrouble() throws Exception {
        listen();
        assertThat(post("").statusCode()).isEqualTo(200);
    }

    @Test
    void wantsAToken() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "s3cret\nsecond\n");
        set("json.token-file", file);
        listen();
        assertThat(post(id + 1).statusCode()).isEqualTo(401);
        assertThat(post(id + 1).headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(post(id + 1, "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
        assertThat(post(id + 1, "Authorization", "Basic s3cret").statusCode()).isEqualTo(401);
        assertThat(post("{" + id, "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
        assertThat(published()).isEmpty();
        assertThat(EventTopics.deadLetters("{" + id)).isEmpty();
        assertThat(post(id + 1, "Authorization", "Bearer s3cret").statusCode()).isEqualTo(200);
        assertThat(post(id + 2, "authorization", "bearer second").statusCode()).isEqualTo(200);
        assertThat(post(id + 3, "X-Amz-Firehose-Access-Key", "second").statusCode())
                .isEqualTo(200);
        assertThat(published()).containsExactly(id + 1, id + 2, id + 3);
        URI query = endpoint.uri().resolve("/push?token=s3cret");
        assertThat(client.send(
                                HttpRequest.newBuilder(query)
                                        .POST(BodyPublishers.ofString(id + 4))
                                        .build(),
                                BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void readsAChangedTokenAgain() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first");
        set("json.token-file", file);
        listen();
        Files.writeString(file, "the second");
        assertThat(post(id + 1, "Authorization", "Bearer first").statusCode()).isEqualTo(401);
        assertThat(post(id + 1, "Authorization", "Bearer the second").statusCode())
                .isEqualTo(200);
        Files.delete(file);
        assertThat(post(id + 1, "Authorization", "Bearer the second").statusCode())
                .isEqualTo(200);
        assertThat(endpoint.check().detail())
                .isEqualTo("json=:0: cannot read " + file + ": no such file or directory; the last version is in use");
    }

    @Test
    void needsItsFilesAtTheStart() throws Exception {
        set("json.token-file", folder.resolve("absent"));
        endpoint = endpoint(":0");
        assertThatThrownBy(endpoint::start).hasMessageContaining("absent: no such file");
        Files.writeString(folder.resolve("absent"), "\n");
        assertThatThrownBy(endpoint::start).hasMessageContaining("it has no secret");
    }

    @Test
    void listensBeyondThisMachineOnlyWithTlsToKnownSenders() throws Exception {
        assertThatThrownBy(() -> endpoint("0.0.0.0:0")).hasMessageContaining("only with TLS");
        tls("EC");
        assertThatThrownBy(() -> endpoint("0.0.0.0:0"))
                .hasMessageContaining("set enricher.json.token-file or enricher.json.client-ca-file");
        assertThatThrownBy(() -> endpoint("[::]:0")).hasMessageContaining("only for known senders");
        set("json.token-file", Files.writeString(folder.resolve("token"), "s3cret"));
        endpoint = endpoint("0.0.0.0:0");
        endpoint.start();
        assertThat(endpoint.uri().getScheme()).isEqualTo("https");
    }

    @Test
    void speaksTls() throws Exception {
        for (String algorithm : List.of("EC", "RSA")) {
            TestKeys server = tls(algorithm);
            client(server.trusting());
            listen();
            assertThat(post(id + algorithm).statusCode()).isEqualTo(200);
            endpoint.close();
        }
        assertThat(published()).containsExactly(id + "EC", id + "RSA");
    }

    @Test
    void speaksTlsWithTheKeyOfAStore() throws Exception {
        TestKeys server = new TestKeys(folder, "server", "EC");
        set("http.tls-key-file", server.store());
        set("http.tls-key-password", TestKeys.PASSWORD);
        client(server.trusting());
        listen();
        assertThat(post(id + 1).statusCode()).isEqualTo(200);
    }

    @Test
    void takesAnExchangedCertificateIntoUse() throws Exception {
        tls("EC");
        listen();
        client(tls("RSA").trusting());
        assertThat(post(id + 1).statusCode()).isEqualTo(200);
    }

    @Test
    void refusesSendersWithoutTheRightCertificate() throws Exception {
        TestKeys server = tls("EC");
        TestKeys known = new TestKeys(folder, "known", "EC");
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        TestKeys unknown = new TestKeys(elsewhere, "known", "EC"); // a client would not send another name's
        set("json.client-ca-file", known.certificate());
        listen();
        client(server.trusting());
        assertThatThrownBy(() -> post(id + 1)).isInstanceOf(IOException.class);
        client(server.trusting(unknown));
        assertThatThrownBy(() -> post(id + 2)).isInstanceOf(IOException.class);
        client(server.trusting(known));
        assertThat(post(id + 3).statusCode()).isEqualTo(200);
        assertThat(published()).containsExactly(id + 3);
        assertThat(endpoint.check().healthy()).isTrue();
    }

    @Test
    void refusesPlainHttpWhereTlsIs() throws Exception {
        tls("EC");
        listen();
        assertThatThrownBy(() -> client.send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + endpoint.uri().getPort()))
                                .POST(BodyPublishers.ofString(id + 1))
                                .build(),
                        BodyHandlers.ofString()))
                .isInstanceOf(IOException.class);
        assertThat(published()).isEmpty();
    }

    @Test
    void refusesTooLongBodies() throws Exception {
        listen();
        byte[] long1 = new byte[LONGEST + 1];
        HttpResponse<String> known = post(BodyPublishers.ofByteArray(long1));
        assertThat(known.statusCode()).isEqualTo(413);
        assertThat(known.body()).contains("longer than 1048576 bytes: enricher.http.body-bytes");
        assertThat(post(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(long1)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(post(gzip(new byte[100 * LONGEST]), "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void readsCompressedBodies() throws Exception {
        listen();
        assertThat(post(gzip((id + 1).getBytes(UTF_8)), "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(200);
        assertThat(post(id + 2, "Content-Encoding", "gzip").statusCode()).isEqualTo(400);
        assertThat(post(id + 3, "Content-Encoding", "br").statusCode()).isEqualTo(415);
        assertThat(published()).containsExactly(id + 1);
    }

    private static BodyPublisher gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(compressed)) {
            out.write(bytes);
        }
        return BodyPublishers.ofByteArray(compressed.toByteArray());
    }

    @Test
    void publishesNothingOfAConnectionThatIsCut() throws Exception {
        listen();
        cut("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + id + "1\n" + id);
        cut("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n" + id);
        assertThat(post(id + 2).statusCode()).isEqualTo(200);
        assertThat(published()).containsExactly(id + 2);
        assertThat(EventTopics.deadLetters(id)).isEmpty();
    }

    private void cut(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), endpoint.uri().getPort())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void hangsUpOnSlowSenders() throws Exception {
        listen();
        slow("");
        slow("POST / HTTP/1.1\r\nHost: x\r\nX-Slow");
        slow("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n" + id);
        assertThat(post(id + 2).statusCode()).isEqualTo(200);
        assertThat(published()).containsExactly(id + 2);
    }

    @Test
    void hangsUpOnSlowHandshakes() throws Exception {
        TestKeys server = tls("EC");
        listen();
        slow("");
        slow("\u0016\u0003\u0001");
        client(server.trusting());
        assertThat(post(id + 2).statusCode()).isEqualTo(200);
    }

    /// Ends when the server has closed the connection.
    private void slow(String begin) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), endpoint.uri().getPort())) {
            socket.getOutputStream().write(begin.getBytes(UTF_8));
            InputStream in = socket.getInputStream();
            byte[] _ = in.readAllBytes();
        } catch (java.net.SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Test
    void servesManyAtOnce() throws Exception {
        set("http.requests", 200);
        listen();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            HttpRequest request = HttpRequest.newBuilder(endpoint.uri())
                    .version(HttpClient.Version.HTTP_1_1)
                    .POST(BodyPublishers.ofString(id + i))
                    .build();
            answers.add(client.sendAsync(request, BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
        assertThat(published()).hasSize(200).doesNotHaveDuplicates();
    }

    @Test
    void tellsThoseBeyondItsLimitToComeAgain() throws Exception {
        set("http.requests", 1);
        listen();
        try (Socket first =
                new Socket(InetAddress.getLoopbackAddress(), endpoint.uri().getPort())) {
            first.getOutputStream()
                    .write("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n"
                            .getBytes(UTF_8));
            assertThat(first.getInputStream().readNBytes(25)).asString(UTF_8).contains("100 Continue");
            HttpResponse<String> answer = post(id + 1);
            while (answer.statusCode() == 200) { // the first may not be in yet
                answer = post(id + 1);
            }
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        }
    }
}
