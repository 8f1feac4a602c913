package dev.tiercel.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.cli.output.EnvironmentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is found and refused of engines that answer as the scripts here do.
class DemoStackTest {
    @TempDir
    private Path folder;

    private Docker engine(String script) throws IOException {
        Path program = Files.writeString(folder.resolve("docker"), "#!/usr/bin/env bash\n" + script);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        return new Docker(program.toString());
    }

    private Docker stack(String status, String health, String volume) throws IOException {
        return engine("""
                case $1 in
                    ps) echo 0123456789ab ;;
                    inspect) echo '[{"State":{"Status":"%s","Health":{"Status":"%s"}},"Config":{"Image":"tiercel:local"},' \
                        '"NetworkSettings":{"Networks":{"shop_default":{}}}}]' ;;
                    volume) echo '%s' ;;
                esac
                """.formatted(status, health, volume));
    }

    @Test
    void theLabelsOfItsPartsTell() throws IOException {
        assertThat(DemoStack.find(stack("running", "healthy", "shop_credentials-owner"), "shop"))
                .contains(new DemoStack("tiercel:local", "shop_default", "shop_credentials-owner"));
        assertThat(DemoStack.find(engine("exit 0"), "shop")).isEmpty();
    }

    @Test
    void aCollectorThatDoesNotWorkIsNamed() throws IOException {
        assertRefused(stack("exited", "unhealthy", "v"), "the collector of stack shop is exited");
        assertRefused(stack("running", "unhealthy", "v"), "the collector of stack shop is unhealthy");
        assertRefused(stack("running", "healthy", ""), "no volume credentials-owner");
        assertRefused(engine("echo 'permission denied' >&2; exit 1"), "permission denied");
    }

    private static void assertRefused(Docker docker, String message) {
        assertThatThrownBy(() -> DemoStack.find(docker, "shop"))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void withoutAnEngineItSaysWhatToInstall() throws IOException {
        Docker silent = engine("echo 'Cannot connect' >&2; exit 1");
        assertThatThrownBy(silent::requireEngine).hasMessageContainingAll("docker.io", "Cannot connect");
        Docker missing = new Docker(folder.resolve("no such program").toString());
        assertThatThrownBy(missing::requireEngine)
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("docker.io");
    }

    @Test
    void anImageThatIsNotThereIsNotPulled() throws IOException {
        Docker engine = engine("[[ \" $* \" == *' --pull=never '* ]] && echo \"No such image: ${@: -3:1}\"; exit 125");
        assertThatThrownBy(() -> DockerStage.of(engine, "example:1"))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContainingAll("No such image: example:1", "--image");
    }

    /// The end of the reader is no end of alerts.
    @Test
    void alertsAreReadUntilTheirReaderFails() throws IOException {
        Docker engine = engine("""
                echo 'tiercel: hello'
                echo '{"rule":"A","time":"2026-11-27T10:00:00Z"}'
                read -r _
                echo 'tiercel: no answer from Kafka'
                """);
        Process process = engine.start(List.of("run"));
        try (AlertFeed alerts = new StackAlerts(new AttachedContainer(process))) {
            assertThat(alerts.poll(Duration.ofMinutes(1)))
                    .extracting(DemoAlert::rule)
                    .containsExactly("A");
            assertThat(alerts.poll(Duration.ofNanos(1))).isEmpty();
            process.getOutputStream().close();
            assertThatThrownBy(() -> alerts.poll(Duration.ofMinutes(1)))
                    .isInstanceOf(EnvironmentException.class)
                    .hasMessageContaining("no answer from Kafka");
        }
    }
}
