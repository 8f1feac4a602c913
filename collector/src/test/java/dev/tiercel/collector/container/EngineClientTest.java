package dev.tiercel.collector.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.schemas.ContainerMount;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineClientTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String IMAGE_ID = "sha256:" + "ab".repeat(32);
    private static final String INSPECT = """
            {"Id":"%s","Created":"2026-01-02T03:04:05.000000006Z","Name":"/web","Image":"%s",
             "State":{"StartedAt":"2026-01-02T03:04:06.000000007Z"},
             "HostConfig":{"Privileged":true},
             "Config":{"Image":"registry.example:5000/team/nginx:1.27","Labels":{"io.kubernetes.pod.name":"web-0"}},
             "Mounts":[{"Type":"bind","Source":"/etc","Destination":"/host/etc","Mode":"ro","RW":false,"Propagation":"rprivate"}],
             "NetworkSettings":{"IPAddress":"","Networks":{"app":{"IPAddress":"172.18.0.2"}}}}
            """.formatted(ID, IMAGE_ID);
    private static final String IMAGE =
            "{\"RepoTags\":[\"registry.example:5000/team/nginx:1.27\"],\"RepoDigests\":[\"x/nginx@sha256:77\"]}";

    private FakeEngine engine;
    private EngineClient client;
    private Path socket;

    @BeforeEach
    void start(@TempDir Path folder) throws IOException {
        engine = new FakeEngine(folder.resolve("engine.sock"));
        socket = folder.resolve("engine.sock");
        client = new EngineClient("docker", socket, Duration.ofSeconds(20), Path.of("/"));
    }

    @AfterEach
    void stop() throws IOException {
        engine.close();
    }

    @Test
    void theNamesAreThoseOfTheTopmostLayerThatHasThem(@TempDir Path host) throws IOException {
        Path lower = Files.createDirectories(host.resolve("o/lower/etc"));
        Files.writeString(lower.resolve("passwd"), "app:x:1000:7::/:\n");
        Files.writeString(lower.resolve("group"), "team:x:7:\n");
        Path upper = Files.createDirectories(host.resolve("o/upper/etc"));
        Files.writeString(upper.resolve("passwd"), "late:x:1000:7::/:\n");
        engine.responses.put(
                "/containers/" + ID + "/json",
                FakeEngine.ok(
                        "{\"GraphDriver\":{\"Data\":{\"UpperDir\":\"/o/upper\",\"LowerDir\":\"/o/init:/o/lower\"}}}"));

        AccountNames names = new EngineClient("docker", socket, Duration.ofSeconds(20), host)
                .inspect(ID)
                .orElseThrow()
                .accounts();

        assertThat(names.user(1000)).isEqualTo("late");
        assertThat(names.group(7)).isEqualTo("team");
    }

    /// As of an engine that is stopped: it accepts nothing, and connections queue up.
    @Test
    @Timeout(60)
    void anEngineThatAcceptsNothingHangsNobody(@TempDir Path folder) throws IOException {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("stopped.sock"));
        List<SocketChannel> queued = new ArrayList<>();
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address, 1);
            while (queues(address, queued)) {
                assertThat(queued).hasSizeLessThan(1000);
            }
            EngineClient stopped = new EngineClient("docker", address.getPath(), Duration.ofMillis(100), Path.of("/"));

            assertThatThrownBy(() -> stopped.inspect(ID)).isInstanceOf(IOException.class);
        } finally {
            for (SocketChannel channel : queued) {
                channel.close();
            }
        }
    }

    /// Whether there was room for another connection.
    private static boolean queues(UnixDomainSocketAddress address, List<SocketChannel> queued) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        queued.add(channel);
        channel.configureBlocking(false);
        try {
            return channel.connect(address);
        } catch (SocketException full) {
            return false;
        }
    }

    @Test
    void describesAContainer() throws IOException {
        engine.responses.put("/containers/" + ID + "/json", FakeEngine.ok(INSPECT));
        engine.responses.put("/images/sha256%3A" + "ab".repeat(32) + "/json", FakeEngine.ok(IMAGE));

        ContainerDescription found = client.inspect(ID).orElseThrow();

        assertThat(found.name()).isEqualTo("web");
        assertThat(found.image()).isEqualTo("registry.example:5000/team/nginx:1.27");
        assertThat(found.imageRepository()).isEqualTo("registry.example:5000/team/nginx");
        assertThat(found.imageTag()).isEqualTo("1.27");
        assertThat(found.imageDigest()).isEqualTo("sha256:77");
        assertThat(found.imageId()).isEqualTo("ab".repeat(32));
        assertThat(found.privileged()).isTrue();
        assertThat(found.startTime()).isEqualTo(1767323046000000007L);
        assertThat(found.ip()).isEqualTo("172.18.0.2");
        assertThat(found.labels()).containsEntry("io.kubernetes.pod.name", "web-0");
        assertThat(found.mounts()).containsExactly(new ContainerMount("/etc", "/host/etc", "ro", false, "rprivate"));
    }

    @Test
    void decodesAChunkedResponse() throws IOException {
        engine.responses.put(
                "/containers/" + ID + "/json",
                FakeEngine.chunked(INSPECT.substring(0, 10), INSPECT.substring(10, 300), INSPECT.substring(300)));

        assertThat(client.inspect(ID).orElseThrow().name()).isEqualTo("web");
    }

    @Test
    void anUnknownContainerIsEmpty() throws IOException {
        assertThat(client.inspect(ID)).isEmpty();
    }

    @Test
    void anEmptyObjectLeavesEverythingUnknown() throws IOException {
        engine.responses.put("/containers/" + ID + "/json", FakeEngine.ok("{}"));

        ContainerDescription found = client.inspect(ID).orElseThrow();

        assertThat(found.name()).isNull();
        assertThat(found.privileged()).isNull();
        assertThat(found.startTime()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5",
                "HTTP/1.1 abc OK\r\n\r\n{}",
                "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 OK\r\n\r\nnot json",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void malformedResponsesAreErrors(String response) {
        engine.responses.put("/containers/" + ID + "/json", response);

        assertThatThrownBy(() -> client.inspect(ID)).isInstanceOf(IOException.class);
    }

    @Test
    void timesOutIfTheEngineDoesNotRespond(@TempDir Path folder) throws IOException {
        try (FakeEngine silent = new FakeEngine(folder.resolve("silent.sock"))) {
            silent.responses.put("/containers/" + ID + "/json", "");
            EngineClient hasty =
                    new EngineClient("docker", folder.resolve("silent.sock"), Duration.ofMillis(50), Path.of("/"));

            assertThatThrownBy(() -> hasty.inspect(ID)).hasMessageContaining("within 50 ms");
        }
    }

    @Test
    void rejectsAnEndlessResponse() {
        engine.responses.put("/containers/" + ID + "/json", "HTTP/1.1 200 OK\r\n\r\n" + " ".repeat(5 << 20));

        assertThatThrownBy(() -> client.inspect(ID)).hasMessageContaining("longer than");
    }

    @Test
    void parsesImageNames() {
        assertThat(ImageName.parse("nginx")).isEqualTo(new ImageName("nginx", null, null));
        assertThat(ImageName.parse("host:5000/nginx")).isEqualTo(new ImageName("host:5000/nginx", null, null));
        assertThat(ImageName.parse("a/b:1@sha256:9")).isEqualTo(new ImageName("a/b", "1", "sha256:9"));
        assertThat(ImageName.parse("sha256:99")).isEqualTo(new ImageName(null, null, null));
    }
}
