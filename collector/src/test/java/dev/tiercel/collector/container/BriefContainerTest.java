package dev.tiercel.collector.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.harness.Requirement;
import dev.tiercel.schemas.ContainerMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Containers of a real Docker engine, if there is one, that exit before they can be looked up.
@Tag("docker")
@Timeout(120)
class BriefContainerTest {
    private static final Path SOCKET = Path.of("/var/run/docker.sock");
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String NAME =
            "tiercel-brief-test-" + ProcessHandle.current().pid();

    @Test
    void aShortLivedContainerIsDescribed(@TempDir Path folder) throws Exception {
        Requirement.DOCKER.check(
                Files.isWritable(SOCKET) && run("docker", "version") == 0, "no engine answers at " + SOCKET);
        Requirement.DOCKER.check(Files.isExecutable(BUSYBOX), BUSYBOX + " for an image");
        assertThat(run("sh", "-c", "tar -C /bin -c busybox | docker import - %s:1.2".formatted(NAME)))
                .isZero();
        try (ContainerDirectory directory = new ContainerDirectory(new ContainerOptions(
                List.of(new ContainerOptions.Engine("docker", SOCKET)),
                Duration.ofSeconds(20),
                Path.of("/proc"),
                100))) {
            directory.follow();
            ContainerDirectoryTest.await(directory, () -> directory.followed() == 1);
            for (int i = 0; i < 5; i++) {
                assertThat(isKnown(directory, folder.resolve("id" + i), false)).isZero();
                isKnown(directory, folder.resolve("privileged" + i), true); // may fail to start
            }
        } finally {
            run("docker", "rm", "-f", NAME);
            run("docker", "rmi", NAME + ":1.2");
        }
    }

    /// Runs a container, and returns its exit status.
    private static int isKnown(ContainerDirectory directory, Path idFile, boolean privileged) throws Exception {
        int status = run(
                "docker",
                "run",
                "--rm",
                "--cidfile",
                idFile.toString(),
                "--name",
                NAME,
                "--privileged=" + privileged,
                "--label",
                "team=red",
                "-v",
                "/etc:/host/etc:ro",
                NAME + ":1.2",
                "/busybox",
                "true");
        String id = Files.readString(idFile);
        assertThat(run("docker", "inspect", id)).as("the container is gone").isNotZero();
        directory.poll();

        ContainerDescription found = directory
                .container(new ContainerIdentity("docker", id, ""))
                .description()
                .orElseThrow();

        assertThat(found.name()).isEqualTo(NAME);
        assertThat(found.imageRepository()).isEqualTo(NAME);
        assertThat(found.imageTag()).isEqualTo("1.2");
        assertThat(found.imageId()).matches("[0-9a-f]{64}");
        assertThat(found.privileged()).isEqualTo(privileged);
        assertThat(found.labels()).containsEntry("team", "red");
        assertThat(found.mounts()).containsExactly(new ContainerMount("/etc", "/host/etc", "ro", false, "rprivate"));
        return status;
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(60, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }
}
