package dev.tiercel.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.Checkout;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A port that somebody chose is that one or an error.
class PortsTest {
    private static final Path RECORDING = Checkout.root().resolve("cli/src/test/resources/samples/small.kev");

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--set=health.port=", "--port=", "--registry-port="})
    void aChosenPortThatIsTakenIsAnError(String option) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run = up(option + taken.getLocalPort());
            assertThat(run.exitCode()).isEqualTo(ExitCode.ENVIRONMENT.number());
            assertThat(run.err())
                    .contains("port " + taken.getLocalPort())
                    .doesNotContain("watching")
                    .doesNotContain("Exception");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port=65536", "--registry-port=-1"})
    void aNumberThatIsNoPortIsAUsageError(String option) {
        Run run = up(option);
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.number());
        assertThat(run.err()).contains(option + ": must be from 0 to 65535");
    }

    @Test
    void theDefaultGivesWay() throws Exception {
        assertThat(HealthConfig.from(Settings.of(Map.of())).chosen()).isFalse();
        assertThat(HealthConfig.from(Settings.of(Map.of("health.port", "8765"))).chosen())
                .isTrue();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HealthConfig config = new HealthConfig(
                    true,
                    "127.0.0.1",
                    taken.getLocalPort(),
                    "",
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    false);
            assertThat(HealthPort.isTaken(config)).isTrue();
            HealthPort.requireFree(config);
            assertThat(HealthPort.elsewhere(config, 7)).endsWith("health and metrics are on port 7 instead");
        }
    }

    private Run up(String option) {
        List<String> arguments = new ArrayList<>(List.of("up", "--replay", RECORDING.toString(), "--exit", "--data"));
        arguments.add(folder.resolve("data").toString());
        if (!option.startsWith("--port")) arguments.addAll(List.of("--port", "0"));
        if (!option.startsWith("--registry-port")) arguments.addAll(List.of("--registry-port", "0"));
        arguments.add(option);
        return Run.of(arguments.toArray(String[]::new));
    }
}
