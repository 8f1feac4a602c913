package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.testkit.Checkout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// The benchmark once, small: a detector that is killed and started again raises every alert, each once.
class CorrelationRecoveryTest {
    @Test
    void alertsAfterAKill() {
        String launcher = String.join(
                " ",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dtiercel.root=" + Checkout.root(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tiercel.cli.Main");
        assertThat(CorrelationRecovery.run("--mib", "1", "--cases", "restart", "--launcher", launcher))
                .isZero();
    }
}
