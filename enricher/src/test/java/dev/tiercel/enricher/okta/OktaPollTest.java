package dev.tiercel.enricher.okta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.enricher.source.Delivery;
import dev.tiercel.enricher.source.OriginException;
import dev.tiercel.enricher.source.Receipt;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OktaPollTest {
    private static final String EVENT = """
            {"uuid": "u-1", "published": "2026-01-02T03:04:05.678Z", "eventType": "user.session.start",
             "actor": {"id": "00u1", "alternateId": "jo@example.com", "displayName": "Jo"}}""";

    @TempDir
    private Path folder;

    private final List<Delivery> deliveries = new ArrayList<>();
    private OktaServer server;
    private Path token;
    private OktaPoll poll;

    @BeforeEach
    void open() throws IOException {
        server = new OktaServer();
        token = Files.writeString(folder.resolve("token"), OktaServer.TOKEN);
        OktaConfig config = new OktaConfig("", Optional.of(token), Duration.ofSeconds(15), Duration.ofDays(1));
        poll = new OktaPoll(
                "okta=test", new OktaClient(URI.create(server.address()), token), config, new OktaFormat("acme"));
    }

    @AfterEach
    void close() {
        poll.close();
        server.close();
    }

    private Duration ask() throws OriginException, InterruptedException {
        return poll.ask(delivery -> {
            deliveries.add(delivery);
            return CompletableFuture.completedFuture(new Receipt(0, 0, 0));
        });
    }

    @Test
    void readsHeaders() throws OriginException, InterruptedException {
        server.add(EVENT);
        assertThat(ask()).isLessThan(Duration.ofSeconds(3));
        assertThat(deliveries.getFirst().events()).singleElement().satisfies(event -> {
            assertThat(event.getId()).isEqualTo("u-1");
            assertThat(event.getTime()).isEqualTo(1_767_323_045_678_000_000L);
            assertThat(event.getOrigin()).isEqualTo("acme");
            assertThat(event.getActor()).isEqualTo("jo@example.com");
            assertThat(event.getVerb()).isEqualTo("user.session.start");
        });
    }

    @Test
    void waitsWhenThereIsNothing() throws OriginException, InterruptedException {
        server.add(EVENT);
        ask();
        assertThat(ask()).isEqualTo(Duration.ofSeconds(15));
        assertThat(deliveries).hasSize(1);
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Files.writeString(token, "wrong");
        assertThatThrownBy(this::ask)
                .isInstanceOf(OriginException.class)
                .hasMessage("Okta answers with status 401: the token in enricher.okta.token-file is not valid");
        Files.writeString(token, "no token: ä");
        assertThatThrownBy(this::ask).hasMessage("enricher.okta.token-file has no API token: one line of ASCII");
        server.close();
    }

    @Test
    void goesOnWithTheLastTokenWhileItsFileCannotBeRead() throws Exception {
        var _ = ask();
        Files.delete(token);
        var _ = ask();
        assertThat(poll.check().detail()).contains("token: no such file or directory; the last version is in use");
        Files.writeString(token, OktaServer.TOKEN);
        var _ = ask();
        assertThat(poll.check().healthy()).isTrue();
    }

    @Test
    void needsATokenToBeginWith() throws Exception {
        Files.delete(token);
        assertThatThrownBy(this::ask)
                .isInstanceOf(OriginException.class)
                .hasMessageEndingWith("token: no such file or directory");
    }

    @Test
    void sendsItsTokenToNobodyElse() {
        server.mislead();
        assertThatThrownBy(this::ask).hasMessageStartingWith("Okta names a next page elsewhere: http://127.0.0.1:1/");
    }
}
