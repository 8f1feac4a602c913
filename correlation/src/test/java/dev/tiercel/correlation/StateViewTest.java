package dev.tiercel.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.correlation.state.MemoryStore;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationType;
import dev.tiercel.rules.correlation.Threshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What somebody sees who looks at the state of a key.
final class StateViewTest {
    private static final Correlation COUNT = Correlations.counting(
                    CorrelationType.EVENT_COUNT, Threshold.Comparison.GTE, 3, Duration.ofMinutes(1))
            .build();

    private static LiveKey only(Run run, Correlation plan) {
        List<LiveKey> keys = view(run, plan).keys(plan.name(), 10);
        assertThat(keys).hasSize(1);
        return keys.getFirst();
    }

    private static StateView view(Run run, Correlation plan) {
        return new StateView(run.flush().store, Grace.of(Map.of(Correlations.SOURCE, Run.GRACE)), List.of(plan));
    }

    @Test
    void aCountSaysHowFarItIs() {
        LiveKey key = only(new Run(COUNT).match("a", 10).match("a", 12), COUNT);
        assertThat(key.key()).containsExactly("k");
        assertThat(key.held()).isEqualTo(2);
        assertThat(key.steps()).extracting(LiveKey.OfStep::matches).containsExactly(2);
        assertThat(key.since()).isEqualTo(Run.nanos(10));
        assertThat(key.latest()).isEqualTo(Run.nanos(12));
        assertThat(key.until()).isEqualTo(Run.nanos(12) + COUNT.timespan().toNanos());
        assertThat(key.bytes()).isPositive();
    }

    @Test
    void whatAnAlertUsedUpDoesNotCount() {
        Run run = new Run(COUNT).match("a", 10).match("a", 11).match("a", 12);
        assertThat(only(run, COUNT).held()).isZero();
        assertThat(only(run, COUNT).open()).isOne();
    }

    @Test
    void anOrderSaysWhichStepsAreThere() {
        Correlation plan = Correlations.of("ordered", CorrelationType.TEMPORAL_ORDERED, Duration.ofMinutes(1))
                .step("A")
                .step("B")
                .build();
        LiveKey key = only(new Run(plan).match("a", 10), plan);
        assertThat(key.steps()).extracting(LiveKey.OfStep::matches).containsExactly(1, 0);
    }

    @Test
    void anAbsenceSaysWhenItIsDecided() {
        Correlation plan = Correlations.of("absence", CorrelationType.ABSENCE, Duration.ofMinutes(1))
                .step("A")
                .step("B")
                .build();
        LiveKey key = only(new Run(plan).match("a", 10).clock(16), plan);
        assertThat(key.since()).isEqualTo(Run.nanos(10));
        assertThat(key.until()).isEqualTo(Run.nanos(10) + plan.timespan().toNanos());
        assertThat(key.waiting()).isZero();
    }

    @Test
    void lookingChangesNothing() {
        Run run = new Run(COUNT).match("a", 10).match("a", 11);
        List<String> before = contents(run.flush().store);
        StateView view = view(run, COUNT);
        assertThat(view.key(COUNT.name(), List.of("k"))).isPresent();
        assertThat(view.key(COUNT.name(), List.of("other"))).isEmpty();
        assertThat(view.key("other", List.of("k"))).isEmpty();
        assertThat(view.keys(COUNT.name(), 0)).isEmpty();
        assertThat(contents(run.store)).isEqualTo(before);
        assertThat(run.match("a", 12).alerts).hasSize(1);
    }

    private static List<String> contents(MemoryStore store) {
        List<String> contents = new ArrayList<>();
        store.range(
                new byte[0],
                new byte[] {-1},
                (key, value) -> contents.add(List.of(key, value).stream()
                        .map(Arrays::toString)
                        .toList()
                        .toString()));
        return contents;
    }
}
