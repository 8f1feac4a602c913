package dev.tiercel.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.state.LongStates;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A key whose state is longer than a record of a changelog may be.
final class LongStatesTest {
    private static final Correlation SEEN = Correlations.of("seen", CorrelationType.FIRST_SEEN, Duration.ofMinutes(10))
            .step("A")
            .firstSeen(Duration.ofMinutes(1))
            .build();
    private static final int VALUES = 600;

    private static FieldValue value(int number) {
        return FieldValue.of("/" + "x".repeat(4_000) + number);
    }

    private static void match(Run run, double seconds, FieldValue value) {
        run.match(Run.match(SEEN, "a", "k", seconds, "k" + seconds, List.of(value, FieldValue.of(1))));
    }

    /// One key that has learnt two megabytes.
    private static Run learnt() {
        Run run = new Run(SEEN);
        for (int number = 0; number < VALUES; number++) match(run, 1 + number / 100.0, value(number));
        return run.clock(20).flush();
    }

    private static List<byte[]> entries(Run run, byte kind) {
        List<byte[]> values = new ArrayList<>();
        run.store.range(new byte[] {kind}, new byte[] {(byte) (kind + 1)}, (key, value) -> values.add(value));
        return values;
    }

    @Test
    void isKeptInPartsThatARecordCanHold() {
        Run run = learnt();
        assertThat(entries(run, StoreKeys.PART)).hasSize(10).allMatch(part -> part.length <= LongStates.PART);
        assertThat(entries(run, StoreKeys.STATE)).singleElement().matches(note -> note.length < 10);
    }

    @Test
    void isTheSameAfterARestart() {
        Run run = learnt().restart();
        match(run, 90, value(7));
        match(run, 91, FieldValue.of("new"));
        run.clock(120);
        assertThat(run.alerts).hasSize(1);
        assertThat(run.corrupt).isEmpty();
    }

    @Test
    void isShownWhole() {
        StateView view = new StateView(learnt().store, Grace.of(Map.of(Correlations.SOURCE, Run.GRACE)), List.of(SEEN));
        LiveKey key = view.slice(SEEN.name(), "", 9).keys().getFirst();
        assertThat(key.learnt().values()).hasSize(VALUES);
        assertThat(view.key(SEEN.name(), List.of("k"))).hasValue(key);
    }

    @Test
    void leavesNoPartsWhenItGetsShorterOrIsForgotten() {
        Run run = learnt();
        match(run, 500, FieldValue.of("short"));
        run.clock(700).flush();
        assertThat(entries(run, StoreKeys.PART)).isEmpty();
        assertThat(entries(run, StoreKeys.STATE)).hasSize(1);

        run.clock(2_000).flush();
        assertThat(entries(run, StoreKeys.STATE)).isEmpty();
    }

    @Test
    void isReportedAndForgottenIfAPartIsMissing() {
        Run run = learnt();
        List<byte[]> parts = new ArrayList<>();
        run.store.range(new byte[] {StoreKeys.PART}, new byte[] {StoreKeys.PART + 1}, (key, value) -> parts.add(key));
        run.store.put(parts.get(3), null);
        run.restart();
        match(run, 90, FieldValue.of("new"));
        run.flush();
        assertThat(run.corrupt)
                .singleElement()
                .asString()
                .startsWith("state of 'seen', key [k]: part 3 of ")
                .endsWith(" bytes is missing");
        assertThat(entries(run, StoreKeys.PART)).isEmpty();
    }
}
