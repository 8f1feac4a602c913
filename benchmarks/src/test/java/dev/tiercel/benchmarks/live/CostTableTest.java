package dev.tiercel.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.benchmarks.live.ProcessUse.ThreadUse;
import dev.tiercel.testkit.Golden;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CostTableTest {
    private final ProcessUse up = new ProcessUse(
            20,
            List.of(
                    thread("data-plane-kafka-request-handler-0", 0.05, 61.25),
                    thread("data-plane-kafka-request-handler-1", 0.05, 61.25),
                    thread("tiercel-detector-86c85984-9121-4b4e-9283-098cc9483060-StreamThread-1", 0.08, 115),
                    thread("collector", 0.04, 158.7),
                    thread("stdout-sink", 0.003, 11.8),
                    thread("C2 CompilerThread0", 0.2, 20.3),
                    thread("rule-watcher", 0, 0.1),
                    thread("(odd) one", 0.01, 3)),
            0.02,
            450L << 20);
    private final ProcessUse falco =
            new ProcessUse(20, List.of(thread("falco", 0.62, 40), thread("falco", 0.001, 1)), 0, 70L << 20);
    private final List<CostRow> rows = List.of(
            row("idle", 0, 612.4, 0, new Latencies(List.of())),
            row("60000", 59_987.6, 61_034, 12, new Latencies(List.of(20_500_000L, 28_100_000L, 52_000_000L))),
            row("max", 412_345, 1_512_345, 1_234_567, new Latencies(List.of(1_234_567_890L))));

    private static ThreadUse thread(String name, double cores, double wakeUps) {
        return new ThreadUse(name, PipelinePart.of(name), cores, wakeUps);
    }

    private CostRow row(String rate, double opens, double events, long lost, Latencies latencies) {
        int markers = rate.equals(CostRow.IDLE) ? 0 : 3;
        return new CostRow(
                rate,
                opens,
                Optional.of(new CostRow.Ours(up, events, lost, 0, markers, latencies)),
                Optional.of(falco));
    }

    @Test
    void isAligned() {
        Golden.check(
                "cost-table.txt",
                Stream.of(
                                table(CostMode.UP, Optional.empty()),
                                table(CostMode.UP, Optional.of("falco")),
                                table(CostMode.COLLECT, Optional.empty()),
                                table(CostMode.NEITHER, Optional.of("falco")),
                                CostTable.threads(up))
                        .collect(Collectors.joining("\n\n")));
    }

    private String table(CostMode mode, Optional<String> beside) {
        CostTable table = CostTable.of(mode, beside);
        return Stream.concat(Stream.of(table.header()), rows.stream().map(table::row))
                .collect(Collectors.joining("\n"));
    }

    @Test
    void namesThreadsOfNoPart() {
        assertThat(CostTable.unknown(up)).isEqualTo("(odd) one");
        assertThat(CostTable.unknown(new ProcessUse(1, List.of(thread("collector", 1, 1)), 0, 0)))
                .isEmpty();
    }
}
