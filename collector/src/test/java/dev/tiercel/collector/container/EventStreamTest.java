package dev.tiercel.collector.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.schemas.ContainerMount;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The stream of an engine's events, and the parsing of an event and of a container not yet started.
@Timeout(60)
class EventStreamTest {
    private static final String ID = "0123456789abcdef".repeat(4);

    @Test
    void linesMaySpanChunks(@TempDir Path folder) throws IOException {
        assertThat(lines(folder, FakeEngine.chunked("on", "e\ntwo\n\nth", "ree")))
                .containsExactly("one", "two", "three");
    }

    @Test
    void readsLinesOfAnUnchunkedResponse(@TempDir Path folder) throws IOException {
        assertThat(lines(folder, "HTTP/1.1 200 OK\r\n\r\none\ntwo\n")).containsExactly("one", "two");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5",
                "HTTP/1.1 403 Forbidden\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void malformedResponsesAreErrors(String response, @TempDir Path folder) {
        assertThatThrownBy(() -> lines(folder, response)).isInstanceOf(IOException.class);
    }

    @Test
    void endlessHeadersAndChunkSizesAreErrors(@TempDir Path folder) {
        assertThatThrownBy(() -> lines(folder, "HTTP/1.1 200 OK\r\nX: " + "x".repeat(1 << 20)))
                .hasMessageContaining("header longer than");
        ChunkedBody body =
                new ChunkedBody(new ByteArrayInputStream("0".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII)));
        assertThatThrownBy(body::readAllBytes).hasMessageContaining("no chunk size");
    }

    @Test
    void onlyCreationsOfContainersCount() {
        assertThat(CreateEvent.parse(
                        "{\"Type\":\"container\",\"Action\":\"start\",\"Actor\":{\"ID\":\"%s\"}}".formatted(ID)))
                .isEmpty();
        assertThat(CreateEvent.parse(
                        "{\"Type\":\"network\",\"Action\":\"create\",\"Actor\":{\"ID\":\"%s\"}}".formatted(ID)))
                .isEmpty();
        assertThat(CreateEvent.parse("{\"Type\":\"container\",\"Action\":\"create\",\"Actor\":{\"ID\":\"../x\"}}"))
                .isEmpty();
        assertThat(CreateEvent.parse("{\"status\":\"create\",\"id\":\"%s\"}".formatted(ID)))
                .isEqualTo(Optional.of(new CreateEvent(ID, Map.of())));
    }

    @Test
    void aLabelIsNotTakenForTheIdOfATruncatedEvent() {
        String line = "{\"Attributes\":{\"a\":\"\\\"id\\\":\\\"%s\\\"\"},\"Actor\":{\"ID\":\"%s\",\"cut"
                .formatted("f".repeat(64), ID);

        assertThat(CreateEvent.parse(line).orElseThrow().id()).isEqualTo(ID);
    }

    @Test
    void requestedMountsCountIfNoneAreListed() throws IOException {
        String root = """
                {"Mounts":[],"HostConfig":{"Binds":["/etc:/host/etc:ro,rslave","/tmp:/t","odd"],
                 "Mounts":[{"Type":"bind","Source":"/var","Target":"/v","ReadOnly":true}]}}""";

        assertThat(EngineMounts.of(new ObjectMapper().readTree(root)))
                .containsExactly(
                        new ContainerMount("/etc", "/host/etc", "ro,rslave", false, "rslave"),
                        new ContainerMount("/tmp", "/t", "", true, "rprivate"),
                        new ContainerMount("/var", "/v", "", false, "rprivate"));
    }

    private static List<String> lines(Path folder, String response) throws IOException {
        try (FakeEngine engine = new FakeEngine(folder.resolve("s"))) {
            engine.responses.put("/events", response);
            List<String> lines = new ArrayList<>();
            try (EventStream stream = EventStream.open(folder.resolve("s"), "/events")) {
                for (Optional<String> line = stream.next(); line.isPresent(); line = stream.next()) {
                    lines.add(line.get());
                }
            }
            return lines;
        }
    }
}
