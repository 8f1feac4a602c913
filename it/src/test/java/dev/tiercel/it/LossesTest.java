package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossesTest {
    /// Of two runs: the first loses 1 in the collector, then 2 in the kernel; nobody watched from 20 to 30.
    private static final Losses LOSSES = Losses.of("""
            tiercel: not a report
            {"collectorStart":1000000000,"time":5000000000,"dropped":{},"kernel":[{"ringFull":0,"scratch":0}],"gap":null}
            {"collectorStart":1000000000,"time":10000000000,"dropped":{"publish":1},"kernel":[{"ringFull":0,"scratch":0}],"gap":null}
            {"collectorStart":1000000000,"time":15000000000,"dropped":{"publish":1},"kernel":[{"ringFull":1,"scratch":1}],"gap":null}
            {"collectorStart":30000000000,"time":35000000000,"dropped":{},"kernel":[],"gap":{"from":20000000000,"to":30000000000}}
            {"collectorStart":30000000000,"time":40000000000,"dropped":{},"kernel":[],"gap":{"from":20000000000,"to":30000000000}}
            """);

    private static Marks.Deed deed(int second) {
        Instant from = Instant.ofEpochSecond(second);
        return new Marks.Deed("at-" + second, from, from.plusMillis(10));
    }

    @Test
    void explainsWhatFallsIntoALossOrAGap() {
        assertThat(LOSSES.unexplained(List.of(deed(6), deed(11), deed(14), deed(19), deed(21), deed(29))))
                .containsExactly(deed(19));
        assertThat(LOSSES.unexplained(List.of(deed(3), deed(31), deed(36)))).hasSize(3);
        assertThat(Losses.NONE.unexplained(List.of(deed(6)))).hasSize(1);
    }

    /// Each lost record explains one.
    @Test
    void explainsNoMoreThanWasLost() {
        assertThat(LOSSES.unexplained(List.of(deed(6), deed(7), deed(11), deed(12), deed(13))))
                .containsExactly(deed(7), deed(13));
        assertThat(LOSSES.since(Instant.EPOCH)).isEqualTo(3);
        assertThat(LOSSES.since(Instant.ofEpochSecond(12))).isEqualTo(2);
    }

    /// What was lost before the first report counts from the start of its collector.
    @Test
    void countsFromTheStart() {
        Losses early = Losses.of("{\"collectorStart\":1000000000,\"time\":5000000000,\"dropped\":{\"publish\":1}}");
        assertThat(early.spans())
                .containsExactly(new Losses.Span(Instant.ofEpochSecond(1), Instant.ofEpochSecond(5), 1));
    }
}
