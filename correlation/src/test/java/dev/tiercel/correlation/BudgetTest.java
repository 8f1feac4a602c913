package dev.tiercel.correlation;

import static dev.tiercel.rules.correlation.CorrelationType.EVENT_COUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationType;
import dev.tiercel.rules.correlation.Threshold.Comparison;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Correlations that take too much are left out, and the others go on.
final class BudgetTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Budget TEN_A_SECOND = new Budget(10, 0, 0, MINUTE);
    private static final Correlation PAIR = counting("pair", 2).build();
    private static final Correlation OTHER = counting("other", 2).build();
    private static final Correlation ABSENCE = Correlations.of(
                    "absence", CorrelationType.ABSENCE, Duration.ofSeconds(10))
            .step("A")
            .step("B")
            .build();

    private static final Correlation CHAIN = Correlations.of("chain", EVENT_COUNT, Duration.ofMinutes(5))
            .step("pair", "")
            .threshold(Comparison.GTE, 2)
            .build();

    private static Correlations counting(String name, int bound) {
        return Correlations.of(name, EVENT_COUNT, Duration.ofSeconds(10))
                .step("A")
                .threshold(Comparison.GTE, bound);
    }

    /// `count` matches of `plan` in ten seconds from `from` on, each of another key.
    private static Run flood(Run run, Correlation plan, double from, int count) {
        for (int i = 0; i < count; i++) one(run, plan, "key " + i, from + i * 10.0 / count);
        return run;
    }

    private static void one(Run run, Correlation plan, String key, double seconds) {
        run.match(Run.match(plan, "a", key, seconds, "e" + seconds, List.of(FieldValue.of("x"), FieldValue.of(1))));
    }

    private static Run flooded(Correlation... plans) {
        Run run = new Run(plans).within(TEN_A_SECOND).clock(100);
        return flood(run, plans[0], 100, 200).clock(105).clock(110);
    }

    @Test
    void whoGetsTooManyMatchesASecondIsLeftOutAndTheOthersGoOn() {
        Run run = flooded(PAIR, OTHER);
        assertThat(run.quarantines)
                .containsExactly(new Quarantine(
                        "pair", "edition of pair", Quarantine.Reason.MATCHES, 11, 10, Run.nanos(95), Run.nanos(155)));
        run.match("a", 111).match("a", 112);
        one(run, OTHER, "k", 111);
        one(run, OTHER, "k", 112);
        assertThat(run.alerts).extracting(CorrelatedAlert::correlation).containsExactly("other");
        assertThat(run.counts().refused()).isEqualTo(102);
        assertThat(run.alerts.getFirst().complete()).isTrue();
    }

    @Test
    void aBacklogThatIsWorkedOffFastIsNoFlood() {
        Run run = new Run(PAIR).within(TEN_A_SECOND).clock(100);
        for (int minute = 0; minute < 60; minute++) flood(run, PAIR, 100 + minute * 60, 99);
        assertThat(run.clock(110).clock(120).quarantines).isEmpty();
    }

    @Test
    void datesInTheFutureHideNoFlood() {
        Run run = new Run(PAIR).within(TEN_A_SECOND).clock(100);
        one(run, PAIR, "k", 1e8);
        flood(run, PAIR, 100, 200);
        assertThat(run.clock(105).clock(110).clock(115).quarantines).hasSize(1);
    }

    @Test
    void itEndsByItselfAndWhatWasDroppedCountsAsAGap() {
        Run run = flooded(PAIR)
                .clock(159)
                .match("a", 155)
                .clock(160)
                .match("a", 172)
                .match("a", 173);
        assertThat(run.evidence()).containsExactly("a:e172.0 a:e173.0");
        Run reaching = flooded(PAIR)
                .clock(159)
                .match("a", 155)
                .clock(160)
                .match("a", 157)
                .match("a", 158);
        assertThat(reaching.evidence()).containsExactly("a:e157.0 a:e158.0 !");
    }

    @Test
    void aDateFarAheadMakesNoGapUntilThen() {
        Run run = flooded(ABSENCE).match("a", 1e6).clock(160).match("a", 5_000).clock(6_000);
        assertThat(run.evidence()).contains("a:e5000.0");
    }

    @Test
    void aCorrelationThatIsGoneLeavesNoGap() {
        Run run = flooded(PAIR)
                .match("a", 200)
                .plans()
                .plans(PAIR)
                .clock(160)
                .match("a", 201)
                .match("a", 202);
        assertThat(run.evidence()).containsExactly("a:e201.0 a:e202.0");
    }

    @Test
    void aRestartKeepsItAndAlertsNobodyAgain() {
        Run run = flooded(PAIR).restart().match("a", 111).match("a", 112);
        assertThat(run.alerts).isEmpty();
        assertThat(run.quarantines).hasSize(1);
        assertThat(run.clock(170).match("a", 166).match("a", 167).alerts).hasSize(1);
    }

    @Test
    void aHigherLimitEndsIt() {
        Run run = flooded(PAIR)
                .within(new Budget(20, 0, 0, MINUTE))
                .match("a", 111)
                .match("a", 112);
        assertThat(run.alerts).hasSize(1);
    }

    @Test
    void anEditEndsIt() {
        Correlations pair = counting("pair", 2);
        Run run = flooded(pair.build()).plans(pair.reworded()).match("a", 111).match("a", 112);
        assertThat(run.alerts).hasSize(1);
    }

    @Test
    void anEditOfWhatFeedsItEndsIt() {
        Correlations pair = counting("pair", 2);
        Run run =
                flooded(pair.build()).plans(pair.fedOtherwise()).match("a", 111).match("a", 112);
        assertThat(run.alerts).hasSize(1);
    }

    @Test
    void whoHoldsTooMuchStateIsLeftOut() {
        Run run = new Run(PAIR).within(new Budget(0, 1_000, 0, MINUTE)).clock(100);
        flood(run, PAIR, 100, 90).flush().clock(106);
        assertThat(run.quarantines).extracting(Quarantine::reason).containsExactly(Quarantine.Reason.STATE);
        assertThat(run.quarantines.getFirst().measured()).isGreaterThan(1_000);
    }

    @Test
    void whoTakesTooLongIsLeftOut() {
        Run run = new Run(PAIR).within(new Budget(0, 0, 1_000_000, MINUTE)).clock(100);
        flood(run, PAIR, 100, 1_000).took(1_000, 2_000_000_000L).clock(115);
        assertThat(run.quarantines).extracting(Quarantine::reason).containsExactly(Quarantine.Reason.TIME);
    }

    @Test
    void aPauseIsNoSlowness() {
        Run run = new Run(PAIR).within(new Budget(0, 0, 1_000_000, MINUTE)).clock(100);
        flood(run, PAIR, 100, 1_500)
                .took(1_499, 7_500_000)
                .took(1, 2_000_000_000L)
                .clock(115);
        assertThat(run.quarantines).isEmpty();
    }

    @Test
    void noAbsenceIsConcludedFromWhatWasDropped() {
        Run run = new Run(ABSENCE).within(TEN_A_SECOND).clock(100);
        run.match("a", 100.5);
        flood(run, ABSENCE, 100, 200).match("b", 101).clock(200);
        assertThat(run.alerts).extracting(CorrelatedAlert::key).doesNotContain(List.of("k"));
        assertThat(run.counts().refused()).isPositive();
        assertThat(run.counts().unconcluded()).isPositive();
    }

    /// Nothing of `feeding` within two seconds of A.
    private static Correlation without(String feeding) {
        return Correlations.of("without", CorrelationType.ABSENCE, Duration.ofSeconds(2))
                .step("A")
                .step(feeding, "")
                .build();
    }

    @Test
    void whatItFeedsKnowsThatAlertsMayBeMissing() {
        Run run = new Run(PAIR, CHAIN)
                .within(TEN_A_SECOND)
                .clock(100)
                .match("a", 101)
                .match("a", 102);
        flood(run, PAIR, 100, 200).match("a", 120).clock(130).clock(170);
        run.match("a", 166).match("a", 167).clock(300);
        assertThat(run.lastRevisions())
                .filteredOn(alert -> alert.correlation().equals("chain"))
                .isNotEmpty()
                .noneMatch(CorrelatedAlert::complete);
    }

    /// An absence after all is over is concluded, and no other was.
    private static void assertOnlyTheLateAbsence(Run run, Correlation without) {
        one(run, without, "k", 900);
        assertThat(run.clock(1_000).alerts)
                .filteredOn(alert -> alert.correlation().equals("without"))
                .extracting(CorrelatedAlert::time)
                .containsExactly(Run.nanos(902));
    }

    @Test
    void anAlertThatWouldHaveComeAfterTheQuarantineMayBeMissingToo() {
        Correlation without = without("pair");
        Run run = new Run(PAIR, without).within(TEN_A_SECOND).clock(100);
        flood(run, PAIR, 100, 200).match("a", 154).clock(160).match("a", 163);
        one(run, without, "k", 162.5);
        assertOnlyTheLateAbsence(run, without);
    }

    @Test
    void aGapIsPassedOnAlongAChain() {
        Correlation mid = Correlations.of("mid", EVENT_COUNT, Duration.ofSeconds(10))
                .step("pair", "")
                .threshold(Comparison.GTE, 1)
                .build();
        Correlation without = without("mid");
        Run run = new Run(PAIR, mid, without).within(TEN_A_SECOND).clock(100);
        flood(run, PAIR, 100, 200).match("a", 120).match("a", 121);
        one(run, without, "k", 120.5);
        assertOnlyTheLateAbsence(run, without);
    }

    @Test
    void aRestartForgetsNoGap() {
        Correlation without = without("pair");
        Run run = new Run(PAIR, without).within(TEN_A_SECOND).clock(100);
        flood(run, PAIR, 100, 200).match("a", 120).match("a", 121).restart();
        one(run, without, "k", 120.5);
        assertOnlyTheLateAbsence(run, without);
    }
}
