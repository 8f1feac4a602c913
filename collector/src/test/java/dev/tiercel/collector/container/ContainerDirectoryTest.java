package dev.tiercel.collector.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.collector.files.HangingFileSystem;
import dev.tiercel.collector.files.RootDirectoryTest;
import dev.tiercel.service.Health;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ContainerDirectoryTest {
    private static final ContainerIdentity WEB = new ContainerIdentity("docker", "0123456789abcdef".repeat(4), "");
    private static final String TARGET = "/containers/" + WEB.fullId() + "/json";

    @Test
    void theDescriptionArrivesLaterInTheSameEntry(@TempDir Path folder) throws IOException {
        try (FakeEngine engine = new FakeEngine(folder.resolve("s"));
                ContainerDirectory directory = directory(folder)) {
            engine.responses.put(TARGET, FakeEngine.ok("{\"Name\":\"/web\",\"Config\":{\"Image\":\"nginx:1\"}}"));

            ContainerEntry container = seen(directory);
            byte[] before = container.encoded();
            await(directory, () -> container.settled(0));

            assertThat(directory.container(WEB)).isSameAs(container);
            assertThat(new String(before, StandardCharsets.UTF_8))
                    .contains(WEB.fullId())
                    .doesNotContain("web");
            assertThat(new String(container.encoded(), StandardCharsets.UTF_8)).contains("web", "nginx");
        }
    }

    @Test
    void queriesAgainUntilTheEngineKnowsTheContainer(@TempDir Path folder) throws IOException {
        try (FakeEngine engine = new FakeEngine(folder.resolve("s"));
                ContainerDirectory directory = directory(folder)) {
            ContainerEntry container = seen(directory);
            await(directory, () -> engine.requests.size() >= 2);
            await(directory, () -> container.settled(0)); // unknown to every engine: nothing to wait for

            engine.responses.put(TARGET, FakeEngine.ok("{\"Name\":\"/web\"}"));
            await(directory, container::hasDescription);

            assertThat(new String(container.encoded(), StandardCharsets.UTF_8)).contains("web");
        }
    }

    @Test
    void withoutAnEngineOnlyTheAccountsArePending(@TempDir Path folder) throws IOException {
        Path etc = Files.createDirectories(folder.resolve("proc/42/root/etc"));
        Files.writeString(etc.resolve("passwd"), "app:x:1000:1000::/:\n");
        try (ContainerDirectory directory = directory(folder)) {
            ContainerEntry container = seen(directory);
            await(directory, () -> container.settled(0));

            assertThat(container.accounts().user(1000)).isEqualTo("app");
            Files.writeString(etc.resolve("passwd"), "new:x:1000:1000::/:\n");
            directory.readAccounts(container, 42, true, 29_000_000_000L);
            directory.readAccounts(container, 42, true, 30_000_000_000L);
            await(directory, () -> "new".equals(container.accounts().user(1000)));
            assertThat(directory.failures()).isZero();
        }
    }

    @Test
    void aContainerWhoseFilesHangDelaysNoOther(@TempDir Path folder) throws IOException {
        Path proc = folder.resolve("proc");
        Files.createDirectories(proc.resolve("7/root/etc"));
        Files.writeString(proc.resolve("7/root/etc/passwd"), "app:x:1000:1000::/:\n");
        try (HangingFileSystem _ = new HangingFileSystem(proc.resolve("42/root/etc"));
                ContainerDirectory directory = directory(folder)) {
            ContainerEntry hanging = seen(directory);
            ContainerEntry good = directory.container(new ContainerIdentity("cri-o", "good", ""));
            directory.readAccounts(good, 7, true, 0);
            await(directory, () -> good.settled(0));
            assertThat(good.accounts().user(1000)).isEqualTo("app");

            await(directory, () -> hanging.settled(1_000_000_000L)); // once the engine has been asked in vain
            assertThat(hanging.settled(999_999_999L)).isFalse();
            assertThat(hanging.accounts().user(0)).isEqualTo("root");
            assertThat(directory.check().healthy()).isTrue();
        }
    }

    @Test
    void aFifoInPlaceOfTheAccountsIsNotOpened(@TempDir Path folder) throws Exception {
        Path etc = Files.createDirectories(folder.resolve("proc/42/root/etc"));
        RootDirectoryTest.fifo(etc.resolve("passwd"));
        try (ContainerDirectory directory = directory(folder)) {
            ContainerEntry container = seen(directory);
            await(directory, () -> container.settled(0));

            assertThat(container.accounts().user(1000)).isNull();
        }
    }

    @Test
    void theHostsAccountsAreNeverAContainers(@TempDir Path folder) throws IOException {
        Path host = Files.createDirectories(folder.resolve("host/etc"));
        Files.writeString(host.resolve("passwd"), "hosts:x:1000:1000::/:\n");
        for (int pid : new int[] {1, 41}) {
            Files.createDirectories(folder.resolve("proc/" + pid));
            Files.createSymbolicLink(folder.resolve("proc/%d/root".formatted(pid)), folder.resolve("host"));
        }
        Path own = Files.createDirectories(folder.resolve("proc/42/root/etc"));
        Files.writeString(own.resolve("passwd"), "app:x:1000:1000::/:\n");
        try (ContainerDirectory directory = directory(folder)) {
            ContainerEntry container = directory.container(WEB);
            directory.readAccounts(container, 41, false, 0); // a runtime before it changes its root
            directory.readAccounts(container, 42, true, 0); // while that read runs, or after it
            await(directory, container::accountsKnown);

            assertThat(container.accounts().user(1000)).isEqualTo("app");
        }
    }

    @Test
    void aContainersCgroupIsKnownOnceItsDirectoryIsMade(@TempDir Path folder) throws IOException {
        Path made = Files.createDirectories(folder.resolve("sys/fs/cgroup/memory/docker/" + WEB.fullId()));
        Path others = Files.createDirectories(folder.resolve("sys/fs/cgroup/cpu/docker/" + WEB.fullId()));
        try (ContainerDirectory directory = directory(folder)) {
            directory.directoryMade("/sys/fs/cgroup/cpu/docker/" + WEB.fullId());
            directory.directoryMade("/sys/fs/cgroup/memory/docker/" + WEB.fullId());
            directory.directoryMade("/sys/fs/cgroup/memory/docker/" + "0".repeat(64));
            directory.directoryMade("/sys/fs/cgroup/memory/user.slice");

            assertThat(directory.size()).isOne();
            assertThat(directory.cgroup(inode(made)))
                    .isEqualTo(new Cgroup(inode(made), "/docker/" + WEB.fullId(), directory.container(WEB), false));
            assertThat(directory.cgroup(inode(others)))
                    .as("the probe does not report it")
                    .isNull();
        }
    }

    private static long inode(Path directory) throws IOException {
        return ((Number) Files.getAttribute(directory, "unix:ino")).longValue();
    }

    @Test
    void isBoundedByItsCapacity(@TempDir Path folder) {
        try (ContainerDirectory directory = directory(folder)) {
            for (int i = 0; i < 10; i++) {
                directory.container(new ContainerIdentity("cri-o", "id-" + i, ""));
            }
            assertThat(directory.size()).isEqualTo(3);
        }
    }

    @Test
    void usesTheListUntilTheInspectionSucceeds(@TempDir Path folder) throws IOException {
        try (FakeEngine engine = new FakeEngine(folder.resolve("s"));
                ContainerDirectory directory = directory(folder)) {
            engine.responses.put(TARGET, "nonsense\r\n\r\n");
            engine.responses.put(
                    "/containers/json?all=true&filters=%7B%22id%22%3A%5B%22" + WEB.fullId() + "%22%5D%7D",
                    FakeEngine.ok("[{\"Id\":\"%s\",\"Names\":[\"/listed\"]}]".formatted(WEB.fullId())));
            ContainerEntry container = seen(directory);
            await(directory, container::hasDescription);
            assertThat(container.description().orElseThrow().name()).isEqualTo("listed");

            engine.responses.put(TARGET, FakeEngine.ok("{\"Name\":\"/web\"}"));
            await(
                    directory,
                    () -> "web".equals(container.description().orElseThrow().name()));
        }
    }

    @Test
    void malformedResponsesAreCountedAndTheIdRemains(@TempDir Path folder) throws IOException {
        try (FakeEngine engine = new FakeEngine(folder.resolve("s"));
                ContainerDirectory directory = directory(folder)) {
            engine.responses.put(TARGET, "nonsense\r\n\r\n");
            ContainerEntry container = seen(directory);
            await(directory, () -> directory.failures() >= 2);

            assertThat(new String(container.encoded(), StandardCharsets.UTF_8)).contains(WEB.fullId());
        }
    }

    @Test
    void aLookUpThatThrowsIsSeen(@TempDir Path folder) throws IOException {
        try (FileSystem noSockets = zip(folder);
                ContainerDirectory directory =
                        directory(Files.createFile(noSockets.getPath("s")), folder.resolve("proc"))) {
            assertThat(directory.check().healthy()).isTrue();
            directory.container(WEB);
            await(directory, () -> !directory.check().healthy());

            assertThat(directory.check().detail()).contains("container-engines", "1 tasks failed");
        }
    }

    @Test
    void aReadingOfAccountsThatThrowsIsSeen(@TempDir Path folder) throws IOException {
        try (FileSystem other = zip(folder);
                ContainerDirectory directory = directory(folder.resolve("s"), other.getPath("proc"))) {
            seen(directory);
            await(directory, () -> !directory.check().healthy());

            assertThat(directory.check().detail()).contains("container-accounts", "UnsupportedOperationException");
        }
    }

    @Test
    void theDeathOfAThreadThatFollowsAnEngineIsSeen(@TempDir Path folder) throws IOException {
        try (FileSystem noSockets = zip(folder);
                ContainerDirectory directory =
                        directory(Files.createFile(noSockets.getPath("s")), folder.resolve("proc"))) {
            directory.follow();
            await(directory, () -> !directory.check().healthy());

            assertThat(directory.check().detail()).contains("container-events-docker stopped");
        }
    }

    @Test
    void isHealthyWhileItFollowsAndOnceClosed(@TempDir Path folder) throws IOException {
        try (FakeEngine engine = new FakeEngine(folder.resolve("s"))) {
            ContainerDirectory directory = directory(folder);
            directory.follow();
            await(directory, () -> !engine.requests.isEmpty());
            assertThat(directory.check()).isEqualTo(Health.ok());

            directory.close();
            assertThat(directory.check().healthy()).isTrue();
        }
    }

    /// A real file system that is not the host's.
    private static FileSystem zip(Path folder) throws IOException {
        return FileSystems.newFileSystem(folder.resolve("files.zip"), Map.of("create", "true"));
    }

    /// The container, once a process in it has its root directory.
    private static ContainerEntry seen(ContainerDirectory directory) {
        ContainerEntry container = directory.container(WEB);
        directory.readAccounts(container, 42, true, 0);
        return container;
    }

    private static ContainerDirectory directory(Path folder) {
        return directory(folder.resolve("s"), folder.resolve("proc"));
    }

    private static ContainerDirectory directory(Path socket, Path proc) {
        return new ContainerDirectory(new ContainerOptions(
                List.of(new ContainerOptions.Engine("docker", socket)), Duration.ofSeconds(20), proc, 3));
    }

    /// Polls until the condition holds; the test's timeout is the limit.
    static void await(ContainerDirectory directory, BooleanSupplier condition) {
        directory.poll();
        while (!condition.getAsBoolean() && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(1_000_000);
            directory.poll();
        }
    }
}
