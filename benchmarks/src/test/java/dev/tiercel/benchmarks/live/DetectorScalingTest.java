package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.harness.Requirement;
import org.junit.jupiter.api.Test;

/// The benchmark once, small: one detector and two raise the same alerts, each once.
class DetectorScalingTest {
    @Test
    void oneDetectorAndTwo() {
        Requirement.KERNEL.check("root".equals(System.getProperty("user.name")), "root, for control groups");
        String[] small = {"--events", "24000", "--cores", "1", "--detectors", "1,2", "--launcher", TestLauncher.line()};
        assertThat(DetectorScaling.run(small)).isZero();
    }
}
