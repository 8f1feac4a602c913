package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.harness.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both benchmarks of this package once, small, on the running kernel.
class LiveTest {
    private static final Path KERNEL_TYPES = Path.of("/sys/kernel/btf/vmlinux");

    @TempDir
    private Path folder;

    @BeforeEach
    void requireKernel() {
        Requirement.KERNEL.check(
                "root".equals(System.getProperty("user.name")) && Files.isReadable(KERNEL_TYPES),
                "root and " + KERNEL_TYPES);
    }

    @Test
    void alertsOnEveryMarker() throws Exception {
        new AlertLatency(folder, 200, 1, 2).run();
    }

    @Test
    void measuresUpBesideThisProcess() throws Exception {
        JsonNode rates = run("--beside", Long.toString(ProcessHandle.current().pid()));
        assertThat(rates).hasSize(2).allSatisfy(rate -> {
            assertThat(rate.at("/tiercel/cores").asDouble()).isPositive();
            assertThat(rate.at("/tiercel/residentBytes").asLong()).isPositive();
            assertThat(rate.at("/beside/threads").size()).isPositive();
        });
        JsonNode busy = rates.get(1);
        assertThat(busy.path("made").asDouble()).isPositive();
        assertThat(busy.at("/tiercel/alerts")).isEqualTo(busy.at("/tiercel/markers"));
        assertThat(busy.at("/tiercel/threads"))
                .as("threads that no part knows")
                .noneMatch(thread -> thread.path("part").asText().equals("other"));
    }

    @Test
    void measuresCollectAlone() throws Exception {
        JsonNode busy = run("--collect").get(1);
        assertThat(busy.at("/tiercel/events").asDouble()).isPositive();
        assertThat(busy.at("/tiercel/parts/broker/cores").asDouble()).isZero();
    }

    private JsonNode run(String... more) throws Exception {
        Path json = folder.resolve("cost.json");
        List<String> arguments = new ArrayList<>(List.of("--launcher", TestLauncher.line(), "--json", json.toString()));
        arguments.addAll(List.of("--rates", "idle,500", "--seconds", "2", "--settle", "0", "--warm-up", "0"));
        arguments.addAll(List.of(more));
        assertThat(LiveCost.run(arguments.toArray(String[]::new))).isZero();
        return new ObjectMapper().readTree(json.toFile()).path("rates");
    }
}
