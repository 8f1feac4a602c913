package dev.tiercel.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// All keys of a correlation, slice by slice, with what `first_seen` has learnt.
final class StateSliceTest {
    private static final Correlation SEEN = Correlations.of("seen", CorrelationType.FIRST_SEEN, Duration.ofMinutes(10))
            .step("A")
            .firstSeen(Duration.ofMinutes(1))
            .build();

    private static StateView view(Run run, Correlation plan) {
        return new StateView(run.flush().store, Grace.of(Map.of(Correlations.SOURCE, Run.GRACE)), List.of(plan));
    }

    private static void match(Run run, Correlation plan, String key, double seconds, FieldValue value) {
        run.match(Run.match(plan, "a", key, seconds, key + seconds, List.of(value, FieldValue.of(1))));
    }

    private static Run withKeys(List<String> keys) {
        Run run = new Run(SEEN);
        keys.forEach(key -> match(run, SEEN, key, 10, FieldValue.of("x")));
        return run.clock(20);
    }

    /// Through slices of `limit` keys.
    private static List<String> walk(StateView view, int limit) {
        List<String> seen = new ArrayList<>();
        String after = "";
        do {
            StateView.Slice slice = view.slice(SEEN.name(), after, limit);
            assertThat(slice.keys()).hasSizeLessThanOrEqualTo(limit);
            slice.keys().forEach(key -> seen.add(key.key().getFirst()));
            after = slice.next();
        } while (!after.isEmpty());
        return seen;
    }

    private static List<LiveKey.LearntValue> learnt(StateView view) {
        return view.slice(SEEN.name(), "", 9).keys().getFirst().learnt().values();
    }

    @Test
    void saysWhatWasLearntWhenItWasSeenLastAndUntilWhenItLearns() {
        Run run = new Run(SEEN)
                .match("a", 10, "/bin/sh", 1)
                .match("a", 11, "/bin/ls", 1)
                .match("a", 12, "/bin/sh", 1)
                .match("a", 30, "/bin/late", 1)
                .clock(20);
        LiveKey key = view(run, SEEN).slice(SEEN.name(), "", 9).keys().getFirst();
        assertThat(key.held()).isEqualTo(2);
        assertThat(key.waiting()).isOne();
        assertThat(key.learnt().until()).isEqualTo(Run.nanos(70));
        assertThat(key.learnt().leftOut()).isZero();
        assertThat(key.learnt().values())
                .containsExactly(
                        new LiveKey.LearntValue(FieldValue.of("/bin/sh"), Run.nanos(12)),
                        new LiveKey.LearntValue(FieldValue.of("/bin/ls"), Run.nanos(11)));
        assertThat(view(run, SEEN).key(SEEN.name(), List.of("k"))).hasValue(key);
        assertThat(view(run, SEEN).keys(SEEN.name(), 9).getFirst().learnt()).isEqualTo(LiveKey.Learnt.NOTHING);
    }

    @Test
    void lookingIsNoUseOfAValue() {
        Run run =
                new Run(SEEN).match("a", 10, "old", 1).match("a", 11, "new", 1).clock(20);
        assertThat(learnt(view(run, SEEN))).isEqualTo(learnt(view(run, SEEN)));
        assertThat(learnt(view(run.restart(), SEEN)))
                .extracting(LiveKey.LearntValue::value)
                .containsExactly(FieldValue.of("new"), FieldValue.of("old"));
    }

    @Test
    void whatIsForgottenIsNotShown() {
        Run run =
                new Run(SEEN).match("a", 10, "old", 1).match("a", 300, "new", 1).clock(615.5);
        assertThat(learnt(view(run, SEEN)))
                .extracting(LiveKey.LearntValue::value)
                .containsExactly(FieldValue.of("new"));
    }

    @Test
    void everyKeyIsInOneSlice() {
        List<String> keys = IntStream.range(0, 23).mapToObj(n -> "key-" + n).toList();
        StateView view = view(withKeys(keys), SEEN);
        for (int limit : new int[] {1, 2, 22, 23, 24}) {
            assertThat(walk(view, limit)).containsExactlyInAnyOrderElementsOf(keys);
        }
        assertThat(view.slice("other", "", 9).keys()).isEmpty();
    }

    @Test
    void theNextSliceBeginsBehindAKeyThatIsGone() {
        Run run = withKeys(List.of("a", "b", "c"));
        String after = view(run, SEEN).slice(SEEN.name(), "", 2).next();
        match(run, SEEN, "bb", 30, FieldValue.of("x"));
        List<byte[]> gone = new ArrayList<>();
        run.flush().store.range(stateKeys(0), stateKeys(1), (key, value) -> {
            if (StoreKeys.key(key).equals(List.of("b"))) gone.add(key);
            return true;
        });
        run.store.put(gone.getFirst(), null);
        assertThat(view(run, SEEN).slice(SEEN.name(), after, 2).keys())
                .extracting(key -> key.key().getFirst())
                .containsExactly("c", "bb"); // by their length first
    }

    private static byte[] stateKeys(int more) {
        return new byte[] {(byte) (StoreKeys.STATE + more)};
    }

    /// The place in a request stays short.
    @Test
    void longKeysThatBeginAlikeAreInOneSliceEach() {
        List<String> keys = new ArrayList<>(List.of("a", "z"));
        for (String end : List.of("", "1", "2", "3", "\uDBFF\uDFFF")) keys.add("m".repeat(50_000) + end);
        keys.add("m".repeat(4096));
        keys.add("n".repeat(50_000));
        StateView view = view(withKeys(keys), SEEN);
        for (int limit : new int[] {1, 2, 3, 9}) {
            assertThat(walk(view, limit)).containsExactlyInAnyOrderElementsOf(keys);
        }
        String after = "";
        do {
            after = view.slice(SEEN.name(), after, 1).next();
            assertThat(after.length()).isLessThan(6000);
        } while (!after.isEmpty());
    }

    @Test
    void aSliceEndsOnceItIsLong() {
        Run run = new Run(SEEN);
        String text = "v".repeat(1 << 19);
        for (int key = 0; key < 9; key++) match(run, SEEN, "k" + key, 10, FieldValue.of(key + text));
        StateView view = view(run.clock(20), SEEN);
        assertThat(view.slice(SEEN.name(), "", 100).keys()).hasSize(2);
        assertThat(walk(view, 100)).hasSize(9);
    }

    /// A list that repeats a text takes few bytes in the store.
    @Test
    void whatOneKeyHasLearntIsBounded() {
        Run run = new Run(SEEN);
        String text = "v".repeat(1 << 16);
        for (int number = 0; number < 9; number++) {
            List<String> texts = new ArrayList<>(Collections.nCopies(16, text));
            texts.add("n" + number);
            match(run, SEEN, "k", 10 + number, new FieldValue(true, 0, null, null, texts));
        }
        LiveKey.Learnt learnt = view(run.clock(40), SEEN)
                .slice(SEEN.name(), "", 1)
                .keys()
                .getFirst()
                .learnt();
        assertThat(learnt.values()).hasSize(3);
        assertThat(learnt.values().getFirst().latest()).isEqualTo(Run.nanos(18));
        assertThat(learnt.leftOut()).isEqualTo(6);
    }

    @Test
    void aDamagedStateHidesNoOther() {
        Run run = withKeys(List.of("a", "b", "c")).flush();
        run.store.range(stateKeys(0), stateKeys(1), (key, value) -> {
            if (StoreKeys.key(key).equals(List.of("b"))) value[0] = 9;
            return true;
        });
        StateView.Slice slice = view(run, SEEN).slice(SEEN.name(), "", 9);
        assertThat(slice.keys()).extracting(key -> key.key().getFirst()).containsExactly("a", "c");
        assertThat(slice.damaged()).isOne();
        assertThat(walk(view(run, SEEN), 1)).containsExactly("a", "c");
    }

    @Test
    void refusesAPlaceThatIsNotOfThisCorrelation() {
        Run run = withKeys(List.of("a", "b"));
        StateView view = view(run, SEEN);
        String after = view.slice(SEEN.name(), "", 1).next();
        for (String bad : List.of(
                ".",
                "x",
                "x.0",
                "!!.0",
                after + "x",
                after.replace(".0", ".-1"),
                after.replace(".0", ".99999999999"),
                after.substring(1),
                "dA.0",
                "\u0000.0",
                "é.0")) {
            assertThatThrownBy(() -> view.slice(SEEN.name(), bad, 1))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(view.slice(SEEN.name(), after.replace(".0", "." + Integer.MAX_VALUE), 1)
                        .keys())
                .isEmpty();
        Correlation other = Correlations.of("other", CorrelationType.EVENT_COUNT, Duration.ofMinutes(1))
                .step("A")
                .build();
        run.plans(SEEN, other);
        StateView both = new StateView(
                run.flush().store, Grace.of(Map.of(Correlations.SOURCE, Run.GRACE)), List.of(SEEN, other));
        assertThat(both.slice(SEEN.name(), after, 1).keys()).hasSize(1);
        assertThatThrownBy(() -> both.slice(other.name(), after, 1))
                .hasMessageContaining("of one that was edited since");
    }
}
