package dev.tiercel.enricher.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.tiercel.enricher.json.JsonConfig;
import dev.tiercel.enricher.json.JsonFormat;
import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.OriginException;
import dev.tiercel.enricher.source.Receipt;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.TestKeys;
import io.grpc.ChannelCredentials;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PubSubPollTest {
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final CompletableFuture<Receipt> DONE = CompletableFuture.completedFuture(new Receipt(1, 0, 0));

    @TempDir
    private Path folder;

    private @Nullable FakePubSub running;
    private @Nullable PubSubPoll polling;

    @AfterEach
    void close() {
        if (polling != null) polling.close();
        if (running != null) running.close();
    }

    private FakePubSub serve() throws IOException {
        FakePubSub server = new FakePubSub(DEADLINE);
        running = server;
        return server;
    }

    private PubSubPoll poll(SubscriptionName name, PubSubConnection connection) {
        JsonFormat format = new JsonFormat(JsonConfig.from(Settings.of(Map.of())));
        PubSubPoll made = new PubSubPoll(new Subscription(connection, name, DEADLINE), format);
        polling = made;
        return made;
    }

    private PubSubPoll poll(PubSubConfig config) {
        return poll(FakePubSub.NAME, new PubSubConnection(config));
    }

    private static CompletableFuture<Receipt> nothing(Delivery delivery) {
        throw new AssertionError(delivery);
    }

    @Test
    void acknowledgesOnceKafkaHasIt() throws Exception {
        FakePubSub server = serve();
        PubSubPoll poll = poll(server.config());
        server.publish("{\"a\":1}".getBytes(UTF_8));
        poll.ask(delivery -> {
            assertThat(server.unacknowledged()).isOne();
            return DONE;
        });
        assertThat(server.unacknowledged()).isZero();
    }

    @Test
    void doesNotAcknowledgeWhatKafkaRefuses() throws Exception {
        FakePubSub server = serve();
        PubSubPoll poll = poll(server.config());
        server.publish("{\"a\":1}".getBytes(UTF_8));
        assertThatThrownBy(() -> poll.ask(delivery -> CompletableFuture.failedFuture(new IllegalStateException("x"))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(server.unacknowledged()).isOne();
        while (server.unacknowledged() > 0) { // it comes again after its deadline
            poll.ask(delivery -> DONE);
        }
    }

    /// Messages are held for two seconds, and the work takes longer.
    @Test
    void holdsMessagesWhileItWorks() throws Exception {
        FakePubSub server = serve();
        PubSubPoll poll = poll(server.config());
        server.publish("{\"a\":1}".getBytes(UTF_8));
        try (PubSubConnection other = new PubSubConnection(server.config());
                Subscription second = new Subscription(other, FakePubSub.NAME, DEADLINE)) {
            poll.ask(delivery -> {
                long end = System.nanoTime() + DEADLINE.multipliedBy(2).toNanos();
                while (System.nanoTime() < end) {
                    assertThat(received(second)).isZero();
                }
                return DONE;
            });
        }
        assertThat(server.extended()).isPositive();
        assertThat(server.unacknowledged()).isZero();
    }

    private static int received(Subscription subscription) {
        try {
            return subscription.receive().size();
        } catch (OriginException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String failure(PubSubPoll poll) {
        try {
            poll.ask(PubSubPollTest::nothing);
        } catch (OriginException failure) {
            return String.valueOf(failure.getMessage());
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
        return "";
    }

    @Test
    void saysWhatToDoAboutARefusal() throws Exception {
        FakePubSub server = serve();
        PubSubPoll poll = poll(server.config());
        server.refuse(Status.PERMISSION_DENIED.withDescription("User not authorized."));
        assertThat(failure(poll))
                .isEqualTo(
                        "cannot pull from pubsub://project/audit: permission denied (User not authorized.); grant the"
                                + " account the role on the subscription: gcloud pubsub subscriptions add-iam-policy-binding"
                                + " audit --project=project --role=roles/pubsub.subscriber --member=serviceAccount:ACCOUNT");
        server.refuse(Status.UNAUTHENTICATED);
        assertThat(failure(poll)).contains("unauthenticated; the credentials are not valid: exchange those in");
        server.refuse(Status.FAILED_PRECONDITION);
        assertThat(failure(poll)).contains("a subscription with a push endpoint cannot be pulled");
        server.refuse(null);
        assertThat(failure(poll)).isEmpty();
    }

    @Test
    void saysWhichSubscriptionIsMissing() throws Exception {
        SubscriptionName other = SubscriptionName.parse("pubsub://project/other");
        PubSubPoll poll = poll(other, new PubSubConnection(serve().config()));
        assertThat(failure(poll))
                .isEqualTo("cannot pull from pubsub://project/other: not found; create it: gcloud pubsub subscriptions"
                        + " create other --project=project --topic=TOPIC");
    }

    @Test
    void saysThatTheServerIsAway() throws Exception {
        FakePubSub server = serve();
        PubSubConfig config = server.config();
        server.close();
        assertThat(failure(poll(config)))
                .startsWith("cannot pull from pubsub://project/audit: unavailable (")
                .contains("Connection refused");
    }

    @Test
    void saysThatThereAreNoCredentialsWithoutTheirContent() throws Exception {
        Path missing = folder.resolve("missing.json");
        assertThat(failure(poll(new PubSubConfig(Optional.of(missing), Optional.empty()))))
                .startsWith("no credentials for Google from " + missing + ": no such file or directory; name a file");
        Path broken = Files.writeString(
                folder.resolve("broken.json"),
                "{\"type\":\"service_account\",\"client_id\":\"1\",\"client_email\":\"a@b\",\"private_key_id\":\"2\",\"private_key\":\"secret\"}");
        assertThat(failure(poll(new PubSubConfig(Optional.of(broken), Optional.empty()))))
                .startsWith("no credentials for Google from " + broken)
                .doesNotContain("secret");
    }

    /// Google's token server as it is, or as it refuses.
    private HttpServer tokens(int status, String answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, answer.length());
            exchange.getResponseBody().write(answer.getBytes(UTF_8));
            exchange.close();
        });
        server.start();
        return server;
    }

    private Path account(HttpServer tokens) throws Exception {
        TestKeys account = new TestKeys(folder, "account", "RSA");
        Map<String, String> json = Map.of(
                "type",
                "service_account",
                "client_id",
                "1",
                "client_email",
                "tiercel@project.iam",
                "private_key_id",
                "2",
                "private_key",
                Files.readString(account.key()),
                "token_uri",
                "http://127.0.0.1:" + tokens.getAddress().getPort() + "/token");
        return Files.write(folder.resolve("account.json"), new ObjectMapper().writeValueAsBytes(json));
    }

    private PubSubConnection encrypted(HttpServer tokens) throws Exception {
        TestKeys keys = new TestKeys(folder, "server", "EC");
        FakePubSub server = new FakePubSub(
                DEADLINE,
                TlsServerCredentials.create(
                        keys.certificate().toFile(), keys.key().toFile()),
                "https");
        running = server;
        ChannelCredentials trusting = TlsChannelCredentials.newBuilder()
                .trustManager(keys.certificate().toFile())
                .build();
        return new PubSubConnection(
                new PubSubConfig(Optional.of(account(tokens)), Optional.of(server.uri())), trusting);
    }

    @Test
    void sendsAnAccessTokenOverTls() throws Exception {
        HttpServer tokens = tokens(200, "{\"access_token\":\"t-1\",\"token_type\":\"Bearer\",\"expires_in\":3600}");
        PubSubPoll poll = poll(FakePubSub.NAME, encrypted(tokens));
        assertThat(failure(poll)).isEmpty();
        assertThat(Objects.requireNonNull(running).authorization()).isEqualTo("Bearer t-1");
        tokens.stop(0);
    }

    @Test
    void saysThatGoogleGivesNoToken() throws Exception {
        HttpServer tokens =
                tokens(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid grant: account not found\"}");
        PubSubPoll poll = poll(FakePubSub.NAME, encrypted(tokens));
        assertThat(failure(poll))
                .startsWith("cannot pull from pubsub://project/audit: unauthenticated (")
                .contains("account not found", "the credentials are not valid");
        tokens.stop(0);
    }

    @Test
    void refusesOtherNames() {
        assertThatThrownBy(() -> SubscriptionName.parse("pubsub://project"))
                .hasMessage("a subscription is pubsub://PROJECT/SUBSCRIPTION, not pubsub://project");
        assertThatThrownBy(() -> SubscriptionName.parse("pubsub://project/a/b")).hasMessageContaining("not pubsub");
    }
}
