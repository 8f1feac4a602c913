package dev.tiercel.collector.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.harness.Requirement;
import dev.tiercel.schemas.ContainerMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The real Docker engine, where there is one; the container is created, never started.
@Tag("docker")
@Timeout(120)
class DockerEngineTest {
    private static final Path SOCKET = Path.of("/var/run/docker.sock");
    private static final String NAME =
            "tiercel-engine-test-" + ProcessHandle.current().pid();

    @Test
    void describesARealContainer(@TempDir Path folder) throws Exception {
        Requirement.DOCKER.check(
                Files.isWritable(SOCKET) && run("docker", "version").equals("0"), "no engine answers at " + SOCKET);
        Files.writeString(folder.resolve("hello"), "an image needs a file");
        assertThat(run("sh", "-c", "tar -C '%s' -c hello | docker import - %s:1.2".formatted(folder, NAME)))
                .isEqualTo("0");
        try {
            assertThat(run(
                            "docker",
                            "create",
                            "--name",
                            NAME,
                            "--privileged",
                            "--label",
                            "team=red",
                            "-v",
                            "/etc:/host/etc:ro",
                            NAME + ":1.2",
                            "/hello"))
                    .isEqualTo("0");
            EngineClient engine = new EngineClient("docker", SOCKET, Duration.ofSeconds(20), Path.of("/"));

            ContainerDescription found = engine.inspect(NAME).orElseThrow();

            assertThat(found.name()).isEqualTo(NAME);
            assertThat(found.imageRepository()).isEqualTo(NAME);
            assertThat(found.imageTag()).isEqualTo("1.2");
            assertThat(found.imageId()).matches("[0-9a-f]{64}");
            assertThat(found.privileged()).isTrue();
            assertThat(found.labels()).containsEntry("team", "red");
            assertThat(found.startTime()).as("never started").isZero();
            assertThat(found.mounts())
                    .containsExactly(new ContainerMount("/etc", "/host/etc", "ro", false, "rprivate"));
            assertThat(engine.inspect("no-such-container")).isEmpty();
        } finally {
            run("docker", "rm", "-f", NAME);
            run("docker", "rmi", NAME + ":1.2");
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) ? Integer.toString(process.exitValue()) : "timeout";
        } catch (IOException e) {
            return "absent";
        }
    }
}
