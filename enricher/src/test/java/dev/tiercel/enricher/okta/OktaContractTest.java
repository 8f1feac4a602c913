package dev.tiercel.enricher.okta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.enricher.source.SourceContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/// A system log that enforces its limit of requests.
class OktaContractTest extends SourceContract {
    @TempDir
    private Path folder;

    @Override
    protected Origin origin(String name) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), OktaServer.TOKEN + "\n");
        return new SystemLog(name, token, new OktaServer());
    }

    private record SystemLog(String name, Path token, OktaServer server) implements Origin {
        @Override
        public Source source(Publisher publisher) {
            OktaConfig config = new OktaConfig("", Optional.of(token), Duration.ofMillis(100), Duration.ofDays(7));
            return OktaSources.of("okta=" + name, server.address(), config, publisher);
        }

        @Override
        public void add(List<String> ids, int length) {
            ids.forEach(id -> server.add(
                    "{\"uuid\":\"%s\",\"published\":\"2026-01-02T03:04:05.678Z\",\"actor\":{\"id\":\"1\"},\"x\":\"%s\"}"
                            .formatted(id, "x".repeat(length))));
        }

        @Override
        public void addMalformed(String text) {
            server.add("{\"" + text + "\":1}");
        }

        @Override
        public void close() {
            assertThat(server.refused()).isZero();
            server.close();
        }
    }
}
