package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.cli.output.EnvironmentException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class TiercelChildTest {
    private static final String READY = "echo 'tiercel: ready; health and metrics on port 4711; Ctrl-C stops' >&2; ";

    private final BlockingQueue<String> out = new LinkedBlockingQueue<>();

    private TiercelChild start(String script) throws Exception {
        return TiercelChild.start(List.of("bash", "-c", script), List.of("up"), out::add);
    }

    @Test
    void isReadyOnceItSaysSo() throws Exception {
        try (TiercelChild child = start("echo alert; " + READY + "exec sleep 1000")) {
            assertThat(child.metricsPort()).isEqualTo(4711);
            assertThat(out.take()).isEqualTo("alert");
            child.requireAlive();
        }
    }

    @Test
    void isEndedByClosing() throws Exception {
        TiercelChild child = start(READY + "exec sleep 1000");
        child.close();
        assertThat(ProcessHandle.of(child.pid())).isEmpty();
        assertThatThrownBy(child::requireAlive).hasMessageStartingWith("up ended with exit code 143;");
    }

    @Test
    void failsWithWhatItSaidLast() {
        assertThatThrownBy(() -> start("for i in {1..30}; do echo line $i >&2; done; exit 3"))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageStartingWith("up ended with exit code 3; its last messages:\n  line 11\n  line 12\n")
                .hasMessageEndingWith("\n  line 30");
    }
}
