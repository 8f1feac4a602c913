package dev.tiercel.correlation;

import static dev.tiercel.rules.correlation.CorrelationType.EVENT_COUNT;
import static dev.tiercel.rules.correlation.Threshold.Comparison.GTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.rules.correlation.Suppression;
import dev.tiercel.testkit.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `suppress` of rules and correlations. Times are seconds, grace is five.
class SuppressTest {
    private static final Duration TEN = Duration.ofSeconds(10);
    private static final SuppressedRule RULE =
            new SuppressedRule("Rule", Correlations.SOURCE, new Suppression(List.of(Correlations.KEY), TEN));

    private static Run run() {
        return new Run(0).suppressed(RULE);
    }

    private static List<String> texts(Run run) {
        return run.ruleAlerts.stream().map(SuppressTest::text).toList();
    }

    private static String text(RuleAlert alert) {
        Repeats repeats = alert.repeats();
        String folded = repeats == null
                ? ""
                : " %d from %s to %s".formatted(repeats.count(), repeats.firstTime() / 1e9, repeats.lastTime() / 1e9);
        return alert.id() + "/" + alert.revision() + " " + alert.event().identity() + folded;
    }

    @Test
    void theFirstComesAtOnceTheOthersAsItsLastRevision() {
        Run run = run().ruleAlert("Rule", "x", 1).ruleAlert("Rule", "y", 2).ruleAlert("Rule", "z", 11);
        assertThat(texts(run)).containsExactly("x/0 x");
        run.clock(16);
        assertThat(texts(run)).hasSize(1);
        run.clock(17);
        assertThat(texts(run)).containsExactly("x/0 x", "x/1 x 3 from 1.0 to 11.0");
        Repeats repeats = Objects.requireNonNull(run.ruleAlerts.getLast().repeats());
        assertThat(repeats.sample()).extracting(Evidence::identity).containsExactly("x", "y", "z");
    }

    @Test
    void whatIsOpenCanBeEnded() {
        Run run = run().ruleAlert("Rule", "x", 1)
                .ruleAlert("Rule", "y", 2)
                .clock(8)
                .ruleAlert("Rule", "z", 20);
        run.ruleAlert("Rule", "w", 21).restart().endSuppression();
        assertThat(texts(run))
                .containsExactly("x/0 x", "z/0 z", "x/1 x 2 from 1.0 to 2.0", "z/1 z 2 from 20.0 to 21.0");
        run.flush().clock(100).flush();
        assertThat(texts(run)).hasSize(4);
        assertThat(run.states()).isZero();
    }

    @Test
    void nothingIsSaidAgainIfNothingWasFolded() {
        Run run = run().ruleAlert("Rule", "x", 1)
                .clock(100)
                .ruleAlert("Rule", "y", 101)
                .clock(200)
                .flush();
        assertThat(texts(run)).containsExactly("x/0 x", "y/0 y");
        assertThat(run.states()).isZero();
    }

    @Test
    void anEarlierAlertTakesThePlaceOfTheFirst() {
        Run run = run().ruleAlert("Rule", "x", 4).ruleAlert("Rule", "y", 13).ruleAlert("Rule", "w", 2);
        assertThat(texts(run)).containsExactly("x/0 x", "x/1 w", "y/0 y");
        run.clock(100);
        assertThat(texts(run)).endsWith("x/2 w 2 from 2.0 to 4.0");
    }

    @Test
    void aRuleWithoutSuppressIsLeftAlone() {
        assertThat(texts(new Run(0).ruleAlert("Other", "x", 1).ruleAlert("Other", "y", 1)))
                .containsExactly("x/0 x", "y/0 y");
    }

    @Test
    void foldsAlertsOfCorrelations() {
        Run run = new Run(Correlations.counting(EVENT_COUNT, GTE, 2, TEN)
                .suppress(Duration.ofSeconds(30))
                .build());
        for (int time = 1; time <= 8; time++) run.match("a", time);
        assertThat(run.evidence()).containsExactly("a:e1.0 a:e2.0");
        run.clock(100);
        assertThat(run.evidence()).containsExactly("a:e1.0 a:e2.0");
        Repeats repeats = Objects.requireNonNull(run.lastRevisions().getFirst().repeats());
        assertThat(repeats.count()).isEqualTo(4);
        assertThat(run.lastRevisions().getFirst().output().text()).isEqualTo("counting");
    }

    static LongStream seeds() {
        return Seeds.seeds(500);
    }

    /// A time, and when it arrives.
    private record Arrival(double seconds, double place) {}

    @ParameterizedTest
    @MethodSource("seeds")
    void theOrderOfArrivalDoesNotMatter(long seed) {
        RandomGenerator random = Seeds.random(seed);
        List<Arrival> arrivals = new ArrayList<>();
        for (int left = random.nextInt(1, 40); left > 0; left--) {
            double seconds = 100 + random.nextInt(100) / 2.0;
            boolean isNew = arrivals.stream().noneMatch(other -> other.seconds() == seconds);
            if (isNew) arrivals.add(new Arrival(seconds, seconds + 5 * random.nextDouble()));
        }
        Run run = run();
        double newest = 0;
        for (Arrival arrival : sorted(arrivals, Arrival::place)) {
            newest = Math.max(newest, arrival.seconds());
            run.ruleAlert("Rule", "id" + arrival.seconds(), arrival.seconds());
            if (random.nextInt(3) == 0) run.clock(newest);
            if (random.nextInt(5) == 0) run.restart();
        }
        run.clock(1_000).flush();
        assertThat(lastRevisions(run)).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected(arrivals));
        assertThat(run.states()).isZero();
    }

    private static List<Arrival> sorted(List<Arrival> arrivals, ToDoubleFunction<Arrival> order) {
        return arrivals.stream().sorted(Comparator.comparingDouble(order)).toList();
    }

    private static List<String> expected(List<Arrival> arrivals) {
        List<String> expected = new ArrayList<>();
        List<Double> period = new ArrayList<>();
        for (Arrival arrival : sorted(arrivals, Arrival::seconds)) {
            if (!period.isEmpty() && arrival.seconds() > period.getFirst() + 10) expected.add(end(period));
            period.add(arrival.seconds());
        }
        expected.add(end(period));
        return expected;
    }

    private static String end(List<Double> period) {
        String text = "id" + period.getFirst() + " " + (period.size() > 1 ? period : List.of());
        period.clear();
        return text;
    }

    private static List<String> lastRevisions(Run run) {
        Map<String, RuleAlert> last = new LinkedHashMap<>();
        for (RuleAlert alert : run.ruleAlerts) {
            RuleAlert before = last.put(alert.id(), alert);
            assertThat(alert.revision()).isEqualTo(before == null ? 0 : before.revision() + 1);
        }
        return last.values().stream()
                .map(alert -> alert.event().identity() + " " + times(alert.repeats()))
                .toList();
    }

    private static List<Double> times(@Nullable Repeats repeats) {
        if (repeats == null) return List.of();
        assertThat(repeats.count()).isEqualTo(repeats.sample().size());
        return repeats.sample().stream().map(event -> event.time() / 1e9).toList();
    }
}
