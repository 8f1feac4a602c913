package dev.tiercel.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.schemas.RegistryException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A registry with a password: reading needs it as writing does.
@Timeout(60)
class RegistryPasswordTest {
    private static final RegistryCredentials RIGHT = new RegistryCredentials.Basic("owner", "right");

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final RegistryServer server;
    private final HttpClient http = HttpClient.newHttpClient();

    RegistryPasswordTest() throws IOException {
        server = RegistryServer.start(registry, 0, RIGHT);
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    @Test
    void admitsItsClient() {
        try (RestRegistry client = client(RIGHT)) {
            int id = client.register("s", "\"long\"");
            assertThat(client.schema(id)).isEqualTo("\"long\"");
        }
    }

    @Test
    void refusesEveryOther() {
        for (RegistryCredentials wrong : List.of(
                new RegistryCredentials.Anonymous(),
                new RegistryCredentials.Basic("owner", "wrong"),
                new RegistryCredentials.Basic("other", "right"),
                new RegistryCredentials.Bearer("right"))) {
            try (RestRegistry client = client(wrong)) {
                assertThatThrownBy(() -> client.register("s", "\"long\""))
                        .isInstanceOf(RegistryException.class)
                        .hasMessageContaining("rejects the credentials, status=401");
                assertThatThrownBy(client::subjects).isInstanceOf(RegistryException.class);
            }
        }
        assertThat(registry.subjects()).isEmpty();
    }

    @Test
    void refusesWhateverIsAsked() throws Exception {
        for (String path : List.of("/", "/subjects", "/schemas/ids/1", "/config", "/no/such/path")) {
            for (String method : List.of("GET", "PUT", "DELETE", "HEAD")) {
                HttpResponse<String> answer = http.send(
                        HttpRequest.newBuilder(server.uri().resolve(path))
                                .method(method, BodyPublishers.ofString("not json"))
                                .build(),
                        BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Basic realm=\"tiercel\"");
            }
        }
    }

    private RestRegistry client(RegistryCredentials credentials) {
        URI uri = server.uri();
        return RestRegistry.open(RestRegistryConfig.of(uri).withCredentials(credentials));
    }
}
