package dev.tiercel.correlation;

import static dev.tiercel.rules.correlation.CorrelationType.ABSENCE;
import static dev.tiercel.rules.correlation.CorrelationType.EVENT_COUNT;
import static dev.tiercel.rules.correlation.CorrelationType.FIRST_SEEN;
import static dev.tiercel.rules.correlation.CorrelationType.TEMPORAL;
import static dev.tiercel.rules.correlation.CorrelationType.TEMPORAL_ORDERED;
import static dev.tiercel.rules.correlation.CorrelationType.VALUE_AVG;
import static dev.tiercel.rules.correlation.CorrelationType.VALUE_COUNT;
import static dev.tiercel.rules.correlation.CorrelationType.VALUE_MEDIAN;
import static dev.tiercel.rules.correlation.CorrelationType.VALUE_PERCENTILE;
import static dev.tiercel.rules.correlation.CorrelationType.VALUE_SUM;
import static dev.tiercel.rules.correlation.Threshold.Comparison.GT;
import static dev.tiercel.rules.correlation.Threshold.Comparison.GTE;
import static dev.tiercel.rules.correlation.Threshold.Comparison.LT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What each type means, by small examples. Times are seconds, grace is five.
class CorrelationTypesTest {
    private static final Duration TEN = Duration.ofSeconds(10);

    private static Correlations ordered() {
        return Correlations.of("ordered", TEMPORAL_ORDERED, TEN).step("A").step("B");
    }

    private static Correlations absence() {
        return Correlations.of("absence", ABSENCE, TEN).step("A").step("B");
    }

    @Test
    void countsMatchesWithinTheTimespan() {
        Run run = new Run(Correlations.counting(EVENT_COUNT, GTE, 3, TEN).build());
        run.match("a", 1).match("a", 8).match("a", 12);
        assertThat(run.alerts).isEmpty();
        run.match("a", 18);
        assertThat(run.evidence()).containsExactly("a:e8.0 a:e12.0 a:e18.0");
        assertThat(run.alerts.getFirst().time()).isEqualTo(Run.nanos(18));
        assertThat(run.alerts.getFirst().count()).isEqualTo(3);
    }

    @Test
    void anAlertUsesUpItsEvidence() {
        Run run = new Run(Correlations.counting(EVENT_COUNT, GT, 1, TEN).build());
        run.match("a", 1).match("a", 2).match("a", 3);
        assertThat(run.alerts).hasSize(1);
        run.match("a", 4);
        assertThat(run.evidence()).containsExactly("a:e1.0 a:e2.0", "a:e3.0 a:e4.0");
    }

    @Test
    void anEarlierMatchRevisesTheAlert() {
        Run run = new Run(Correlations.counting(EVENT_COUNT, GTE, 2, TEN).build());
        run.match("a", 2).match("a", 4).match("a", 3);
        assertThat(run.evidence()).containsExactly("a:e2.0 a:e3.0");
        assertThat(run.alerts).extracting(CorrelatedAlert::revision).containsExactly(0, 1);
        assertThat(run.alerts)
                .extracting(CorrelatedAlert::id)
                .containsOnly(run.alerts.getFirst().id());
    }

    @Test
    void theSameEventCountsOnce() {
        Run run = new Run(Correlations.counting(EVENT_COUNT, GTE, 2, TEN).build());
        run.match("a", 1).match("a", 1);
        assertThat(run.alerts).isEmpty();
        assertThat(run.counts().duplicates()).isEqualTo(1);
    }

    @Test
    void whatIsLateIsSaidAndNotUsed() {
        Run run = new Run(Correlations.counting(EVENT_COUNT, GTE, 2, TEN).build());
        run.match("a", 7).clock(10).match("a", 5).match("a", 4.9);
        assertThat(run.late).hasSize(1);
        assertThat(run.evidence()).containsExactly("a:e5.0 a:e7.0");
    }

    @Test
    void countsDifferentValues() {
        Run run = new Run(Correlations.counting(VALUE_COUNT, GTE, 2, TEN).build());
        run.match("a", 1, "x", 1).match("a", 2, "x", 1).match("a", 3, "y", 1);
        assertThat(run.evidence()).containsExactly("a:e2.0 a:e3.0");
        assertThat(run.alerts.getFirst().count()).isEqualTo(2);
    }

    @Test
    void sumsNumbers() {
        Run run = new Run(Correlations.counting(VALUE_SUM, GTE, 10, TEN).build());
        run.match("a", 1, "x", 4).match("a", 2, "x", -7).match("a", 3, "x", 5).match("a", 4, "x", 1);
        assertThat(run.evidence()).containsExactly("a:e1.0 a:e3.0 a:e4.0");
        assertThat(run.alerts.getFirst().count()).isEqualTo(10);
    }

    @Test
    void matchesOfAllStepsCount() {
        Run run = new Run(Correlations.counting(EVENT_COUNT, GTE, 3, TEN)
                .step("B")
                .step("C")
                .build());
        run.match("b", 1).match("a", 2).match("c", 3);
        assertThat(run.evidence()).containsExactly("b:e1.0 a:e2.0 c:e3.0");
    }

    @Test
    void anEventOfTwoStepsCountsOnceAsTheFirst() {
        Run run = new Run(
                Correlations.counting(EVENT_COUNT, GTE, 2, TEN).step("B").build());
        run.match("b", 1).match("a", 1);
        assertThat(run.alerts).isEmpty();
        assertThat(run.counts().duplicates()).isEqualTo(1);
        run.match("b", 2);
        assertThat(run.evidence()).containsExactly("a:e1.0 b:e2.0");
        run.match("a", 2);
        assertThat(run.evidence()).containsExactly("a:e1.0 a:e2.0");
        assertThat(run.alerts).extracting(CorrelatedAlert::revision).containsExactly(0, 1);
    }

    @Test
    void valuesOfAllStepsCount() {
        Run run = new Run(
                Correlations.counting(VALUE_COUNT, GTE, 2, TEN).step("B").build());
        run.match("a", 1, "x", 1).match("b", 2, "x", 1).match("b", 3, "y", 1);
        assertThat(run.evidence()).containsExactly("b:e2.0 b:e3.0");
    }

    @Test
    void aValueKnownFromOneStepIsKnownToAll() {
        Run run = new Run(Correlations.of("new", FIRST_SEEN, TEN)
                .step("A")
                .step("B")
                .firstSeen(Duration.ofSeconds(5))
                .build());
        run.match("a", 1, "x", 1).match("b", 6, "x", 1).match("b", 7, "y", 1).match("a", 8, "y", 1);
        run.clock(100);
        assertThat(run.evidence()).containsExactly("b:e7.0");
    }

    @Test
    void aFirstSightIsRevisedIfTheEventIsAnEarlierStepToo() {
        Run run = new Run(Correlations.of("new", FIRST_SEEN, TEN)
                .step("A")
                .step("B")
                .firstSeen(Duration.ofSeconds(5))
                .build());
        run.match("a", 1).clock(12).match("b", 9, "y", 1);
        assertThat(run.evidence()).containsExactly("b:e9.0");
        run.restart().match("a", 9, "y", 1);
        assertThat(run.evidence()).containsExactly("a:e9.0");
        run.restart().clock(100);
        assertThat(run.evidence()).containsExactly("a:e9.0");
        assertThat(run.alerts).extracting(CorrelatedAlert::revision).containsExactly(0, 1);
    }

    @Test
    void anExceptionIsAboutWhatTheMatchHas() {
        Run run = new Run(Correlations.counting(EVENT_COUNT, GTE, 2, TEN)
                .step("B")
                .exceptLastText("x")
                .build());
        run.match("a", 1, "x", 1).match("a", 2, "y", 1);
        assertThat(run.alerts).isEmpty();
        run.match("b", 3, "x", 1); // lacks the text
        assertThat(run.evidence()).containsExactly("a:e2.0 b:e3.0");
    }

    @Test
    void fewMatchesAreKnownAtTheEndOfTheWindow() {
        Run run = new Run(Correlations.counting(EVENT_COUNT, LT, 2, TEN).build());
        run.match("a", 1).match("a", 20).match("a", 21).clock(16);
        assertThat(run.alerts).isEmpty();
        run.clock(16.1);
        assertThat(run.evidence()).containsExactly("a:e1.0");
        assertThat(run.alerts.getFirst().time()).isEqualTo(Run.nanos(11));
        run.clock(100);
        assertThat(run.alerts).hasSize(1);
    }

    @Test
    void statisticsAreKnownAtTheEndOfTheWindow() {
        assertThat(statistic(Correlations.counting(VALUE_AVG, GTE, 1, TEN))).isEqualTo(4);
        assertThat(statistic(Correlations.counting(VALUE_MEDIAN, GTE, 1, TEN))).isEqualTo(2.5);
        assertThat(statistic(
                        Correlations.counting(VALUE_PERCENTILE, GTE, 1, TEN).percentile(75)))
                .isEqualTo(3);
    }

    private static double statistic(Correlations correlation) {
        Run run = new Run(correlation.build());
        run.match("a", 1, "x", 1)
                .match("a", 2, "x", 10)
                .match("a", 3, "x", 2)
                .match("a", 4, "x", 3)
                .clock(100);
        return run.alerts.getFirst().count();
    }

    @Test
    void allStepsInAnyOrder() {
        Run run = new Run(
                Correlations.of("any", TEMPORAL, TEN).step("A").step("B").build());
        run.match("b", 1).match("a", 12).match("a", 13).match("b", 14);
        assertThat(run.evidence()).containsExactly("a:e13.0 b:e14.0");
    }

    @Test
    void allStepsInTheirOrder() {
        Run run = new Run(ordered().build());
        run.match("b", 1).match("a", 2).match("a", 3).match("b", 4);
        assertThat(run.evidence()).containsExactly("a:e3.0 b:e4.0");
    }

    @Test
    void noEventFollowsItself() {
        Run run = new Run(ordered().build());
        run.match("a", 1).match("b", 1);
        assertThat(run.alerts).isEmpty();
        run.match("b", 2);
        assertThat(run.evidence()).containsExactly("a:e1.0 b:e2.0");
    }

    @Test
    void takesTheClosestThatSatisfiesWhere() {
        Run run = new Run(ordered().whereTextEquals(0).build());
        run.match("a", 1, "x", 1).match("a", 2, "x", 1).match("a", 3, "y", 1).match("b", 4, "x", 1);
        assertThat(run.evidence()).containsExactly("a:e2.0 b:e4.0");
    }

    @Test
    void takesTheClosestThatNoExceptionCovers() {
        Run run = new Run(ordered().exceptText(0, "admin").build());
        run.match("a", 1, "x", 1).match("a", 2, "admin", 1).match("b", 4, "x", 1);
        assertThat(run.evidence()).containsExactly("a:e1.0 b:e4.0");
    }

    @Test
    void absenceIsConcludedOnceNothingCanDenyIt() {
        Run run = new Run(absence().build());
        run.match("a", 1).match("a", 2).clock(16);
        assertThat(run.alerts).isEmpty();
        run.clock(17);
        assertThat(run.evidence()).containsExactly("a:e1.0");
        assertThat(run.alerts.getFirst().time()).isEqualTo(Run.nanos(11));
    }

    @Test
    void whatFollowsInTimeDeniesAbsence() {
        Run run = new Run(absence().build());
        run.match("a", 1).match("b", 11).clock(100);
        assertThat(run.alerts).isEmpty();
    }

    @Test
    void absenceIsNotConcludedFromAGap() {
        Run run = new Run(absence().build());
        run.match("a", 1).gap(3, 4).clock(100);
        assertThat(run.alerts).isEmpty();
        assertThat(run.counts().unconcluded()).isEqualTo(1);
    }

    @Test
    void heartbeats() {
        Run run = new Run(
                Correlations.of("silent", ABSENCE, TEN).step("A").step("A").build());
        for (int time : new int[] {1, 9, 15}) run.match("b", time).match("a", time);
        run.clock(100);
        assertThat(run.evidence()).containsExactly("a:e15.0");
        assertThat(run.alerts.getFirst().time()).isEqualTo(Run.nanos(25));
    }

    @Test
    void firstSeenLearns() {
        Run run = new Run(Correlations.of("new", FIRST_SEEN, TEN)
                .step("A")
                .firstSeen(Duration.ofSeconds(5))
                .build());
        run.match("a", 1, "x", 1).match("a", 6, "x", 1).match("a", 7, "y", 1).match("a", 18, "y", 1);
        run.clock(100);
        assertThat(run.evidence()).containsExactly("a:e7.0");
    }

    @Test
    void firstSeenIsRaisedAtOnceIfNothingCanDenyIt() {
        Run run = new Run(Correlations.of("new", FIRST_SEEN, TEN)
                .step("A")
                .firstSeen(Duration.ofSeconds(5))
                .build());
        run.match("a", 1).clock(12).match("a", 9, "y", 1);
        assertThat(run.evidence()).containsExactly("a:e9.0");
        run.match("a", 8, "y", 1);
        assertThat(run.alerts).hasSize(1);
        run.clock(100);
        assertThat(run.evidence()).containsExactly("a:e8.0");
        assertThat(run.alerts).extracting(CorrelatedAlert::revision).containsExactly(0, 1);
    }

    @Test
    void untilForgets() {
        Run run = new Run(ordered().until().build());
        run.match("a", 1).match("until", 2).match("b", 3).match("a", 4).match("b", 5);
        assertThat(run.alerts).isEmpty();
        run.clock(100);
        assertThat(run.evidence()).containsExactly("a:e4.0 b:e5.0");
    }

    @Test
    void anAlertOverAGapIsNotComplete() {
        Run run = new Run(ordered().build());
        run.match("a", 1).match("b", 3);
        assertThat(run.evidence()).containsExactly("a:e1.0 b:e3.0");
        run.gap(2, 2).clock(100);
        assertThat(run.evidence()).containsExactly("a:e1.0 b:e3.0 !");
        assertThat(run.alerts).extracting(CorrelatedAlert::revision).containsExactly(0, 1);
    }

    @Test
    void aGapIsRememberedAcrossARestart() {
        Run run = new Run(ordered().build());
        run.match("a", 1).match("b", 3).gap(2, 2).clock(8).restart().clock(100);
        assertThat(run.evidence()).containsExactly("a:e1.0 b:e3.0 !");
    }

    @Test
    void aCorrelationFeedsAnother() {
        Run run = new Run(
                Correlations.counting(EVENT_COUNT, GTE, 2, TEN).build(),
                Correlations.of("chain", EVENT_COUNT, TEN)
                        .step("counting", "")
                        .threshold(GTE, 2)
                        .build());
        for (int time = 1; time <= 4; time++) run.match("a", time);
        run.clock(100);
        assertThat(run.evidence()).contains("a:e1.0 a:e2.0 a:e3.0 a:e4.0");
        assertThat(run.alerts).hasSize(3);
    }

    @Test
    void nothingIsLeftInTheEnd() {
        Run run = new Run(ordered().build());
        run.match("a", 1).match("b", 3).match("a", 4).clock(100).flush();
        assertThat(run.states()).isZero();
    }
}
