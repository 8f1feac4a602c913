package dev.tiercel.collector.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.ContainerMount;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CreationWatchTest {
    private static final ContainerIdentity WEB = new ContainerIdentity("docker", "0123456789abcdef".repeat(4), "");
    private static final String INSPECT = "/containers/" + WEB.fullId() + "/json";
    private static final String EVENTS =
            "/events?filters=" + escape("{\"type\":[\"container\"],\"event\":[\"create\"]}");
    private static final String LISTED =
            "/containers/json?all=true&filters=" + escape("{\"id\":[\"" + WEB.fullId() + "\"]}");
    private static final String LIST =
            "/containers/json?filters=" + escape("{\"status\":[\"created\",\"running\",\"paused\"]}");
    private static final String DESCRIPTION =
            "{\"Name\":\"/web\",\"Config\":{\"Image\":\"nginx:1\"},\"HostConfig\":{\"Privileged\":true}}";

    @TempDir
    private Path folder;

    private FakeEngine engine;
    private ContainerDirectory directory;
    private int applied;

    @BeforeEach
    void start() throws IOException {
        engine = engine();
        directory = new ContainerDirectory(new ContainerOptions(
                List.of(new ContainerOptions.Engine("docker", folder.resolve("s"))),
                Duration.ofSeconds(20),
                folder.resolve("proc"),
                3));
    }

    @AfterEach
    void stop() throws IOException {
        directory.close();
        engine.close();
    }

    @Test
    void aContainerIsKnownBeforeItsFirstProcess() throws IOException {
        engine.responses.put(INSPECT, FakeEngine.ok(DESCRIPTION));
        follow();
        engine.send(event(WEB.fullId(), "early"));
        await(() -> applied >= 2); // the event and the inspection
        engine.responses.remove(INSPECT);

        ContainerEntry container = directory.container(WEB);

        ContainerDescription known = container.description().orElseThrow();
        assertThat(known.name()).isEqualTo("web");
        assertThat(known.privileged()).isTrue();
        assertThat(new String(container.encoded(), StandardCharsets.UTF_8)).contains("web", "nginx");
        directory.readAccounts(container, 42, true, 0);
        await(() -> container.settled(0));
    }

    @Test
    void aVanishedContainerKeepsTheDescriptionOfItsEvent() throws IOException {
        follow();
        engine.send(event(WEB.fullId(), "brief"));
        await(() -> applied >= 2);

        ContainerDescription known = directory.container(WEB).description().orElseThrow();

        assertThat(known.name()).isEqualTo("brief");
        assertThat(known.imageRepository()).isEqualTo("registry:5000/a/nginx");
        assertThat(known.imageTag()).isEqualTo("latest");
        assertThat(known.labels()).containsOnlyKeys("team");
        assertThat(known.privileged()).isNull();
    }

    @Test
    void duringTheInspectionAContainerHasTheNameOfItsEventAndIsNotSettled() throws IOException {
        engine.responses.put(INSPECT, "");
        follow();
        engine.send(event(WEB.fullId(), "slow"));
        await(() -> applied >= 1);

        ContainerEntry container = directory.container(WEB);
        container.accounts(AccountNames.NONE);

        assertThat(container.description().orElseThrow().name()).isEqualTo("slow");
        assertThat(container.settled(0)).isFalse();
    }

    @Test
    void whileAContainerStartsItsMountsComeFromTheList() throws IOException {
        engine.responses.put(INSPECT, "");
        engine.responses.put(LISTED, FakeEngine.ok("""
                        [{"Id":"%s","Names":["/web"],"Image":"nginx:1","ImageID":"sha256:abc","Labels":{"team":"a"},
                          "Mounts":[{"Source":"/etc","Destination":"/host/etc","Mode":"ro","RW":false,"Propagation":"rprivate"}]}]
                        """.formatted(WEB.fullId())));
        follow();
        engine.send(event(WEB.fullId(), "web"));
        await(() -> applied >= 2);

        ContainerDescription known = directory.container(WEB).description().orElseThrow();

        assertThat(known.mounts()).containsExactly(new ContainerMount("/etc", "/host/etc", "ro", false, "rprivate"));
        assertThat(known.name()).isEqualTo("web");
        assertThat(known.imageRepository()).isEqualTo("nginx");
        assertThat(known.imageId()).isEqualTo("abc");
        assertThat(known.labels()).containsExactly(java.util.Map.entry("team", "a"));
        assertThat(known.privileged()).isNull();
        assertThat(directory.container(WEB).settled(0)).isFalse();
    }

    @Test
    void anInspectionIsNotReplacedByTheListWhenTheEngineStopsResponding() throws IOException {
        engine.responses.put(INSPECT, FakeEngine.ok(DESCRIPTION));
        engine.responses.put(LISTED, FakeEngine.ok("[{\"Id\":\"%s\",\"Names\":[\"/web\"]}]".formatted(WEB.fullId())));
        follow();
        engine.send(event(WEB.fullId(), "web"));
        await(() -> applied >= 3);
        engine.responses.put(INSPECT, "nonsense\r\n\r\n");

        directory.container(WEB);
        await(() -> applied >= 4);

        assertThat(directory.container(WEB).description().orElseThrow().privileged())
                .isTrue();
    }

    @Test
    void startingContainersDoNotBlockListRequests() throws IOException {
        follow();
        for (int i = 0; i < 9; i++) {
            String id = Integer.toString(i).repeat(64);
            engine.responses.put("/containers/" + id + "/json", "");
            engine.responses.put(
                    LISTED.replace(WEB.fullId(), id),
                    FakeEngine.ok("[{\"Id\":\"%s\",\"Names\":[\"/listed\"]}]".formatted(id)));
            engine.send(event(id, "created"));
        }
        await(() -> applied >= 18); // of each the event and the list entry

        assertThat(described("8".repeat(64)).name()).isEqualTo("listed");
    }

    @Test
    void aContainerSeenBeforeItsEventIsDescribedByIt() throws IOException {
        follow();
        ContainerEntry container = directory.container(WEB);
        engine.send(event(WEB.fullId(), "late"));
        await(() -> container.description().isPresent());

        assertThat(container.description().orElseThrow().name()).isEqualTo("late");
    }

    @Test
    void existingContainersAreDescribed() throws IOException {
        engine.responses.put(INSPECT, FakeEngine.ok(DESCRIPTION));
        engine.responses.put(LIST, FakeEngine.ok("[{\"Id\":\"%s\"},{\"Id\":\"\"},{}]".formatted(WEB.fullId())));
        follow();
        await(() -> applied >= 1);

        assertThat(directory.container(WEB).description().orElseThrow().name()).isEqualTo("web");
    }

    @Test
    void aRestartedEngineIsFollowedAgain() throws IOException {
        follow();
        engine.close();
        await(() -> directory.followed() == 0);
        Files.delete(folder.resolve("s"));
        engine = engine();
        engine.responses.put(INSPECT, FakeEngine.ok(DESCRIPTION));
        await(() -> directory.followed() == 1 && engine.streaming());
        engine.send(event(WEB.fullId(), "web"));
        await(() -> applied >= 2);

        assertThat(directory.container(WEB).description()).isPresent();
    }

    @Test
    void anOverlongEventStillNamesItsContainerAndTheNextIsRead() throws IOException {
        engine.responses.put(INSPECT, FakeEngine.ok(DESCRIPTION));
        follow();
        engine.send(event(WEB.fullId(), "x".repeat(3 * EventStream.MAX_LINE_BYTES)));
        engine.send("nonsense\n\n{}\n[]\nnull\n" + event("ab".repeat(32), "next"));
        await(() -> applied >= 4);

        assertThat(directory.container(WEB).description().orElseThrow().name()).isEqualTo("web");
        assertThat(described("ab".repeat(32)).name()).isEqualTo("next");
    }

    @Test
    void isBoundedByTheCapacity() throws IOException {
        follow();
        for (int i = 0; i < 4; i++) {
            engine.send(event(Integer.toString(i).repeat(64), "web" + i));
            int seen = 2 * i + 2;
            await(() -> applied >= seen);
        }

        assertThat(directory.container(identity("0".repeat(64))).description()).isEmpty();
        assertThat(described("3".repeat(64)).name()).isEqualTo("web3");
    }

    @Test
    void aDescriptionWithAStartTimeIsNotReplacedByOneWithout() {
        ContainerEntry container = new ContainerEntry(WEB);
        ContainerDescription before =
                new CreateEvent(WEB.fullId(), java.util.Map.of("name", "before")).description("docker");
        ContainerDescription after =
                new CreateEvent(WEB.fullId(), java.util.Map.of("name", "after")).description("docker");
        container.describe(after);

        container.learn(before, true);

        assertThat(container.description()).containsSame(after);
    }

    private ContainerDescription described(String id) {
        return directory.container(identity(id)).description().orElseThrow();
    }

    private static ContainerIdentity identity(String id) {
        return new ContainerIdentity("docker", id, "");
    }

    private FakeEngine engine() throws IOException {
        FakeEngine made = new FakeEngine(folder.resolve("s"));
        made.responses.put(EVENTS, FakeEngine.STREAM);
        return made;
    }

    private void follow() {
        directory.follow();
        await(() -> directory.followed() == 1 && engine.streaming());
    }

    private static String event(String id, String name) {
        return """
                {"status":"create","id":"%s","from":"nginx","Type":"container","Action":"create","Actor":{"ID":"%s",\
                "Attributes":{"image":"registry:5000/a/nginx","name":"%s","team":"red"}},"scope":"local","time":1}
                """.formatted(id, id, name);
    }

    private static String escape(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Polls until the condition holds; the test's timeout is the limit.
    private void await(BooleanSupplier condition) {
        applied += directory.poll();
        while (!condition.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(1_000_000);
            applied += directory.poll();
        }
    }
}
