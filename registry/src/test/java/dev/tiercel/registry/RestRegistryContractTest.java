package dev.tiercel.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.SchemaRegistry;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The client and the server, through HTTP.
class RestRegistryContractTest extends RegistryContract {

    private @Nullable RegistryServer server;

    @Override
    SchemaRegistry open() throws IOException {
        RegistryServer started = RegistryServer.start(new InMemoryRegistry(), 0, new RegistryCredentials.Anonymous());
        server = started;
        return RestRegistry.open(
                RestRegistryConfig.of(started.uri()).withRetries(Duration.ofSeconds(5), 0, Duration.ZERO));
    }

    @AfterEach
    void stopServer() {
        if (server != null) {
            server.close();
            server.close();
        }
    }

    @Test
    void theServerIsReachableFromThisMachineOnly() {
        assertThat(server).isNotNull();
        assertThat(String.valueOf(server == null ? "" : server.uri())).startsWith("http://127.0.0.1:");
    }
}
