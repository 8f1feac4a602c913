package dev.tiercel.correlation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.rules.correlation.CorrelationType;
import dev.tiercel.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bytes of the store that nobody wrote: they are reported, and their key begins anew.
class DamagedStateTest {
    static LongStream seeds() {
        return Seeds.seeds(200);
    }

    @Test
    void aStateOfAnotherVersionIsReported() {
        Run run = new Run(plans().getFirst().build()).match("a", 1).flush();
        replaceStates(run, state -> new byte[] {9});
        run.restart().match("a", 2);
        assertThat(run.corrupt).containsExactly("state of 'ordered', key [k]: version 9, known is 1");
    }

    private static List<Correlations> plans() {
        Duration ten = Duration.ofSeconds(10);
        return List.of(
                Correlations.of("ordered", CorrelationType.TEMPORAL_ORDERED, ten)
                        .step("A")
                        .step("B"),
                Correlations.of("where", CorrelationType.TEMPORAL, ten)
                        .step("A")
                        .step("B")
                        .whereTextEquals(0),
                Correlations.of("until", CorrelationType.TEMPORAL, ten)
                        .step("A")
                        .step("B")
                        .until(),
                Correlations.of("absence", CorrelationType.ABSENCE, ten)
                        .step("A")
                        .step("B")
                        .until(),
                Correlations.of("suppressed", CorrelationType.TEMPORAL, ten)
                        .step("A")
                        .step("B")
                        .suppress(ten),
                Correlations.of("first", CorrelationType.FIRST_SEEN, ten)
                        .step("A")
                        .step("A")
                        .firstSeen(ten));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverAStateIsTheRestGoesOn(long seed) {
        RandomGenerator random = Seeds.random(seed);
        for (Correlations plan : plans()) {
            Run run = new Run(plan.build());
            for (int time = 1; time < 30; time++) {
                run.match(random.nextBoolean() ? "a" : "b", time);
                if (random.nextInt(4) == 0) run.clock(time);
                if (random.nextInt(4) == 0) {
                    run.flush();
                    replaceStates(run, state -> damaged(state, random));
                    run.restart();
                }
            }
            run.clock(1_000).flush();
        }
    }

    private static byte[] damaged(byte[] state, RandomGenerator random) {
        byte[] damaged = Arrays.copyOf(state, random.nextInt(4) == 0 ? random.nextInt(state.length) : state.length);
        for (int left = random.nextInt(3); left > 0 && damaged.length > 1; left--) {
            damaged[random.nextInt(1, damaged.length)] = (byte) random.nextInt();
        }
        return damaged;
    }

    private static void replaceStates(Run run, UnaryOperator<byte[]> change) {
        List<byte[]> keys = new ArrayList<>();
        run.store.range(new byte[] {StoreKeys.STATE}, new byte[] {StoreKeys.STATE + 1}, (key, value) -> keys.add(key));
        for (byte[] key : keys) run.store.put(key, change.apply(Objects.requireNonNull(run.store.get(key))));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void damagedValuesAreRefused(long seed) {
        RandomGenerator random = Seeds.random(seed);
        FieldValue texts = new FieldValue(true, 7, "7", new byte[] {1, 2}, List.of("one", "two", "one"));
        List<FieldValue> values = List.of(FieldValue.of("text"), FieldValue.of(-3), FieldValue.ABSENT, texts);
        byte[] bytes = FieldValue.encode(values);
        assertThat(FieldValue.decode(bytes)).isEqualTo(values);
        try {
            FieldValue.decode(damaged(bytes, random));
        } catch (BadStateException refused) {
            assertThat(refused).hasMessageContaining(" ");
        }
        assertThatThrownBy(() -> FieldValue.decode(Arrays.copyOf(bytes, bytes.length - 1)))
                .isInstanceOf(BadStateException.class)
                .hasMessageContaining("at byte");
    }
}
