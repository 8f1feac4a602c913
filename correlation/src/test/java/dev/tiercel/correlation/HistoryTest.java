package dev.tiercel.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationType;
import dev.tiercel.rules.correlation.Threshold.Comparison;
import dev.tiercel.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Generated histories, with disorder, duplicates, late events, gaps, edits and restarts: the last revisions of all
/// alerts are those of [Reference].
class HistoryTest {
    private static final int HISTORIES = 250;
    private static final int LONGEST = 60;
    private static final double GRACE = Run.GRACE.toSeconds();

    /// A correlation, made anew for each history.
    record Kind(String name, Correlations plan, boolean isRaisable) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>();
        Duration span = Duration.ofSeconds(8);
        for (CorrelationType type : List.of(CorrelationType.EVENT_COUNT, CorrelationType.VALUE_COUNT)) {
            for (Comparison comparison : Comparison.values()) kinds.add(counting(type, comparison, 3, span));
        }
        for (Comparison comparison : Comparison.values()) {
            kinds.add(counting(CorrelationType.VALUE_SUM, comparison, 6, span));
            kinds.add(counting(CorrelationType.VALUE_AVG, comparison, 2, span));
            kinds.add(counting(CorrelationType.VALUE_MEDIAN, comparison, 2, span));
        }
        for (int percentile : new int[] {1, 50, 99}) {
            Correlations plan = Correlations.counting(CorrelationType.VALUE_PERCENTILE, Comparison.GTE, 2, span);
            kinds.add(new Kind("value_percentile " + percentile, plan.percentile(percentile), false));
        }
        for (CorrelationType type : List.of(CorrelationType.TEMPORAL, CorrelationType.TEMPORAL_ORDERED)) {
            kinds.add(new Kind(type.text(), steps(type, span), false));
            kinds.add(new Kind(type.text() + " where", steps(type, span).whereTextEquals(0), false));
            kinds.add(new Kind(type.text() + " except", steps(type, span).exceptText(0, "x"), false));
            kinds.add(new Kind(type.text() + " until", steps(type, span).until(), false));
            kinds.add(new Kind(
                    type.text() + " where until",
                    steps(type, span).whereTextEquals(0).until(),
                    false));
        }
        Correlations absence = Correlations.of("absence", CorrelationType.ABSENCE, span)
                .step("A")
                .step("B");
        kinds.add(new Kind("absence", absence, false));
        absence = Correlations.of("absence", CorrelationType.ABSENCE, span)
                .step("A")
                .step("B");
        kinds.add(new Kind("absence where until", absence.whereTextEquals(0).until(), false));
        kinds.add(new Kind("first_seen", firstSeen(span), false));
        kinds.add(new Kind("first_seen until", firstSeen(span).until(), false));
        Correlations count = Correlations.counting(CorrelationType.EVENT_COUNT, Comparison.GTE, 3, span);
        kinds.add(new Kind("event_count until", count.until(), false));
        addPooled(kinds, span);
        return kinds.stream();
    }

    private static void addPooled(List<Kind> kinds, Duration span) {
        for (CorrelationType type :
                List.of(CorrelationType.EVENT_COUNT, CorrelationType.VALUE_COUNT, CorrelationType.VALUE_SUM)) {
            for (Comparison comparison : List.of(Comparison.GTE, Comparison.LT)) {
                String name = type.text() + " of three steps " + comparison;
                Correlations plan = Correlations.counting(type, comparison, 3, span);
                boolean raisable = plan.build().atOnce();
                kinds.add(new Kind(name, plan.step("B").step("C"), raisable));
            }
        }
        Correlations count = Correlations.counting(CorrelationType.EVENT_COUNT, Comparison.GTE, 3, span);
        kinds.add(new Kind("event_count of two steps except", count.step("B").exceptText(0, "x"), false));
        Correlations mean = Correlations.counting(CorrelationType.VALUE_AVG, Comparison.GTE, 2, span);
        kinds.add(new Kind("value_avg of two steps", mean.step("B"), false));
        kinds.add(new Kind("first_seen of two steps", forgetful().step("B"), false));
        kinds.add(
                new Kind("first_seen of two steps until", forgetful().step("B").until(), false));
    }

    /// So that many events raise an alert.
    private static Correlations forgetful() {
        return Correlations.of("first", CorrelationType.FIRST_SEEN, Duration.ofSeconds(3))
                .step("A")
                .firstSeen(Duration.ofSeconds(1));
    }

    private static Kind counting(CorrelationType type, Comparison comparison, double bound, Duration span) {
        String name = type.text() + " " + comparison;
        boolean raisable =
                Correlations.counting(type, comparison, bound, span).build().atOnce();
        return new Kind(name, Correlations.counting(type, comparison, bound, span), raisable);
    }

    private static Correlations steps(CorrelationType type, Duration span) {
        return Correlations.of("steps", type, span).step("A").step("B").step("C");
    }

    private static Correlations firstSeen(Duration span) {
        return Correlations.of("first", CorrelationType.FIRST_SEEN, span)
                .step("A")
                .firstSeen(Duration.ofSeconds(6));
    }

    static LongStream seeds() {
        return Seeds.seeds(HISTORIES);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void agreesWithTheReference(Kind kind) {
        seeds().forEach(seed -> new History(kind, seed).check());
    }

    /// One history.
    private static final class History {
        private final Kind kind;
        private final long seed;
        private final RandomGenerator random;
        private final Run run;
        private Correlation plan;
        private double newest;
        private double clock = Double.NEGATIVE_INFINITY;
        private final Map<String, List<Match>> used = new TreeMap<>();
        /// At the last edit.
        private final Map<String, @Nullable Evidence> since = new HashMap<>();

        private final List<String> before = new ArrayList<>();
        /// Spans of nanoseconds.
        private final List<long[]> gaps = new ArrayList<>();

        private int latecomers;

        History(Kind kind, long seed) {
            this.kind = kind;
            this.seed = seed;
            random = Seeds.random(seed);
            plan = kind.plan().build();
            long bytes = Seeds.oneOf(random, List.of(0L, 3_000L, 1L << 20));
            run = new Run(bytes, plan);
        }

        /// A match, and the place in the order of arrival.
        private record Arrival(double place, Match match, double seconds) {}

        void check() {
            boolean edits = kind.isRaisable() && random.nextInt(4) == 0;
            List<Arrival> arrivals = arrivals();
            for (int i = 0; i < arrivals.size(); i++) {
                arrive(arrivals.get(i));
                disturb();
                if (!edits && random.nextInt(30) == 0) gap();
                if (edits && i == arrivals.size() / 2) edit();
            }
            run.clock(10_000).flush();
            verify();
        }

        private List<Arrival> arrivals() {
            List<Arrival> arrivals = new ArrayList<>();
            int size = random.nextInt(1, LONGEST);
            double density = Seeds.oneOf(random, List.of(0.2, 1.0, 5.0));
            for (int i = 0; i < size; i++) {
                Arrival arrival = arrival(i, size, density);
                arrivals.add(arrival);
                if (random.nextInt(8) == 0)
                    arrivals.add(new Arrival(place(arrival.seconds()), arrival.match(), arrival.seconds()));
            }
            arrivals.sort(Comparator.comparingDouble(Arrival::place));
            return arrivals;
        }

        private Arrival arrival(int number, int size, double density) {
            double seconds = 100 + random.nextInt((int) (size * density) + 1) + random.nextInt(2) / 2.0;
            int steps = plan.steps().size() + (plan.until() == null ? 0 : 1);
            int step = random.nextInt(steps);
            if (step == plan.steps().size() && random.nextInt(3) > 0) step = 0;
            String id = step == plan.steps().size() ? "until" : Correlations.id(step);
            String key = "k" + random.nextInt(2);
            // few identities, so that one event can be several steps
            String identity = "e" + seconds + "-" + (random.nextInt(3) == 0 ? 0 : number);
            RandomGenerator values = Seeds.random(identity.hashCode());
            String text = Seeds.oneOf(values, List.of("x", "y", "z"));
            Match match = Run.match(
                    plan,
                    id,
                    key,
                    seconds,
                    identity,
                    List.of(FieldValue.of(text), FieldValue.of(values.nextInt(-1, 5))));
            return new Arrival(place(seconds), match, seconds);
        }

        private double place(double seconds) {
            double limit = random.nextInt(12) == 0 ? 3 * GRACE : GRACE;
            return seconds + random.nextDouble() * limit;
        }

        private void arrive(Arrival arrival) {
            Match match = arrival.match();
            if (arrival.seconds() < clock - GRACE) {
                latecomers++;
            } else {
                List<Match> known = used.computeIfAbsent(match.key().getFirst(), key -> new ArrayList<>());
                if (known.stream().noneMatch(other -> other.compareTo(match) == 0)) known.add(match);
            }
            newest = Math.max(newest, arrival.seconds());
            run.match(match);
        }

        private void disturb() {
            if (random.nextInt(3) == 0 && newest > clock) {
                clock = newest;
                run.clock(clock);
            }
            if (random.nextInt(6) == 0) run.flush();
            if (random.nextInt(10) == 0) run.restart();
        }

        /// Known before anything that it is in can be final.
        private void gap() {
            double from = newest - random.nextInt(4);
            double to = from + random.nextInt(3);
            gaps.add(new long[] {Run.nanos(from), Run.nanos(to)});
            run.gap(from, to);
        }

        /// Raises the threshold: what was raised is final, the rest counts on.
        private void edit() {
            used.forEach((key, matches) -> {
                Evidence from = since.get(key);
                before.addAll(Reference.alerts(plan, matches, from, gaps));
                since.put(key, Reference.used(plan, matches, from));
            });
            double bound = Objects.requireNonNull(plan.threshold()).bound() + 1;
            plan = kind.plan().edited(bound);
            run.plans(plan);
        }

        private void verify() {
            List<String> expected = new ArrayList<>(before);
            used.forEach((key, matches) -> expected.addAll(Reference.alerts(plan, matches, since.get(key), gaps)));
            List<String> found = run.lastRevisions().stream()
                    .map(alert -> Reference.text(Run.text(alert), alert.time(), alert.count()))
                    .toList();
            assertThat(found).as("%s, -Dtiercel.seed=%d", kind, seed).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(run.late).as("%s, seed %d: late", kind, seed).hasSize(latecomers);
            assertThat(run.states()).as("%s, seed %d: what is left", kind, seed).isZero();
            verifyRevisions();
        }

        private void verifyRevisions() {
            Map<String, Integer> next = new LinkedHashMap<>();
            for (CorrelatedAlert alert : run.alerts) {
                assertThat(alert.revision())
                        .as("%s, seed %d: revision of %s", kind, seed, alert.id())
                        .isEqualTo(next.merge(alert.id(), 1, Integer::sum) - 1);
            }
        }
    }
}
