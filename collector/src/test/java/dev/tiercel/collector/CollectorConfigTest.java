package dev.tiercel.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.collector.batch.BatchLimits;
import dev.tiercel.collector.container.ContainerOptions;
import dev.tiercel.collector.node.NodeOptions;
import dev.tiercel.service.Settings;
import dev.tiercel.service.SettingsException;
import dev.tiercel.testkit.Golden;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CollectorConfigTest {
    @Test
    void defaults() {
        Settings settings = Settings.of(Map.of());
        CollectorConfig config = CollectorConfig.from(settings);
        settings.requireValid();

        assertThat(config.batch())
                .isEqualTo(new BatchLimits(
                        2048, 256 * 1024, Duration.ofMillis(5), Duration.ofMillis(40), Duration.ofSeconds(5)));
        assertThat(config.lanes()).isEqualTo(1);
        assertThat(config.nodeState().environment()).contains("LD_PRELOAD").doesNotContain("*");
        assertThat(config.containers().engines())
                .extracting(ContainerOptions.Engine::runtime)
                .containsExactly("docker", "podman");
        assertThat(config.probe().environmentBytes()).isEqualTo(4096);
        assertThat(config.probe().syscalls().isEmpty()).isTrue();
        Golden.check("settings.md", settings.markdown());
    }

    @Test
    void everyKeyOfTheCollectorMaps() {
        CollectorConfig config = valid(Map.of(
                "collector.node", "n1",
                "collector.drain-limit", "7",
                "collector.poll", "8ms",
                "collector.heartbeat", "9s",
                "collector.lanes", "3",
                "collector.stop-timeout", "22s",
                "collector.state-dir", "/state",
                "collector.spool-bytes", "23MiB",
                "kafka.linger.ms", "21"));

        assertThat(config.node()).isEqualTo("n1");
        assertThat(config.drainLimit()).isEqualTo(7);
        assertThat(config.poll()).isEqualTo(Duration.ofMillis(8));
        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(9));
        assertThat(config.lanes()).isEqualTo(3);
        assertThat(config.stopTimeout()).isEqualTo(Duration.ofSeconds(22));
        assertThat(config.state()).isEqualTo(new CollectorConfig.StateOptions(Path.of("/state"), 23 << 20));
        assertThat(config.kafka()).containsEntry("linger.ms", "21");
    }

    @Test
    void everyKeyOfBatchesAndContainersMaps() {
        CollectorConfig config = valid(Map.of(
                "collector.batch.events", "11",
                "collector.batch.bytes", "12KiB",
                "collector.batch.linger", "13ms",
                "collector.batch.interval", "26ms",
                "collector.container.wait", "14ms",
                "collector.container.engines", "podman=/p.sock",
                "collector.container.timeout", "19s",
                "collector.proc", "/host/proc",
                "collector.containers", "20"));

        assertThat(config.batch())
                .isEqualTo(new BatchLimits(
                        11, 12 * 1024, Duration.ofMillis(13), Duration.ofMillis(26), Duration.ofMillis(14)));
        assertThat(config.containers())
                .isEqualTo(new ContainerOptions(
                        List.of(new ContainerOptions.Engine("podman", Path.of("/p.sock"))),
                        Duration.ofSeconds(19),
                        Path.of("/host/proc"),
                        20));
    }

    @Test
    void everyKeyOfNodeAndProbeMaps() {
        CollectorConfig config = valid(Map.of(
                "collector.processes", "1500",
                "collector.process-bytes", "16MiB",
                "collector.exited-grace", "17s",
                "collector.etc", "/host/etc",
                "collector.proc-reads", "18",
                "collector.environment", "",
                "collector.ring-bytes", "1MiB",
                "collector.wakeup-bytes", "32KiB",
                "collector.syscalls", "openat,connect"));

        assertThat(config.nodeState())
                .isEqualTo(new NodeOptions(
                        1500, 16 << 20, Duration.ofSeconds(17), List.of(), Path.of("/proc"), Path.of("/host/etc"), 18));
        assertThat(config.probe().ringBytes()).isEqualTo(1 << 20);
        assertThat(config.probe().wakeupBytes()).isEqualTo(32 * 1024);
        assertThat(config.probe().environmentBytes()).isZero();
        assertThat(config.probe().syscalls().cardinality()).isEqualTo(2);
    }

    private static CollectorConfig valid(Map<String, String> values) {
        Settings settings = Settings.of(values);
        CollectorConfig config = CollectorConfig.from(settings);
        settings.requireValid();
        return config;
    }

    @Test
    void aSmallRingWakesAtAQuarter() {
        assertThat(valid(Map.of()).probe().wakeupBytes()).isEqualTo(256 << 10);
        assertThat(valid(Map.of("collector.ring-bytes", "64KiB")).probe().wakeupBytes())
                .isEqualTo(16 << 10);
    }

    @Test
    void reportsEveryProblem() {
        Settings settings = Settings.of(Map.of(
                "collector.ring-bytes", "3000000",
                "collector.syscalls", "openat,opennat",
                "collector.container.engines", "docker",
                "collector.batch.event", "1"));
        CollectorConfig.from(settings);

        assertThatThrownBy(settings::requireValid)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("power of two")
                .hasMessageContaining("unknown system call opennat")
                .hasMessageContaining("RUNTIME=PATH")
                .hasMessageContaining("collector.batch.event");
    }
}
