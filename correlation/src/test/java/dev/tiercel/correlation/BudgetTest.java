package dev.tiercel.correlation;

import static dev.tiercel.rules.correlation.CorrelationType.ABSENCE;
import static dev.tiercel.rules.correlation.CorrelationType.EVENT_COUNT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.rules.correlation.Correlation;
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
                        "pair", "hash of pair", Quarantine.Reason.MATCHES, 20, 10, Run.nanos(105), Run.nanos(165)));
        run.match("a", 111).match("a", 112);
        one(run, OTHER, "k", 111);
        one(run, OTHER, "k", 112);
        assertThat(run.alerts).extracting(CorrelatedAlert::correlation).containsExactly("other");
        assertThat(run.counts().refused()).isEqualTo(2);
        assertThat(run.alerts.getFirst().complete()).isTrue();
    }

    @Test
    void aBacklogThatIsWorkedOffFastIsNoFlood() {
        Run run = new Run(PAIR).within(TEN_A_SECOND).clock(100);
        for (int minute = 0; minute < 60; minute++) flood(run, PAIR, 100 + minute * 60, 99);
        assertThat(run.clock(100 + 3_600).quarantines).isEmpty();
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
                .match("a", 150)
                .clock(169)
                .clock(171)
                .match("a", 167)
                .match("a", 168);
        assertThat(run.counts().refused()).isEqualTo(1);
        assertThat(run.evidence()).containsExactly("a:e167.0 a:e168.0");
        Run early = flooded(PAIR).match("a", 164).clock(170).match("a", 166).match("a", 168);
        assertThat(early.evidence()).containsExactly("a:e166.0 a:e168.0");
        Run reaching = flooded(PAIR).match("a", 168).clock(170).match("a", 166).match("a", 169);
        assertThat(reaching.evidence()).containsExactly("a:e166.0 a:e169.0 !");
    }

    @Test
    void aRestartKeepsItAndAlertsNobodyAgain() {
        Run run = flooded(PAIR).restart().match("a", 111).match("a", 112);
        assertThat(run.alerts).isEmpty();
        assertThat(run.quarantines).hasSize(1);
        assertThat(run.clock(170).match("a", 166).match("a", 167).alerts).hasSize(1);
    }

    @Test
    void anEditEndsIt() {
        Correlations pair = counting("pair", 2);
        Run run = flooded(pair.build()).plans(pair.reworded()).match("a", 111).match("a", 112);
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
        Run slow = new Run(PAIR).within(new Budget(0, 0, 1_000_000, MINUTE)).clock(100);
        flood(slow, PAIR, 100, 1_000).took(5_000_000_000L).clock(115);
        assertThat(slow.quarantines).extracting(Quarantine::reason).containsExactly(Quarantine.Reason.TIME);
        Run few = new Run(PAIR).within(new Budget(0, 0, 1_000_000, MINUTE)).clock(100);
        flood(few, PAIR, 100, 999).took(5_000_000_000L).clock(115);
        assertThat(few.quarantines).as("one long pause").isEmpty();
    }

    @Test
    void noAbsenceIsConcludedFromWhatWasDropped() {
        Correlation absence = Correlations.of("absence", ABSENCE, Duration.ofSeconds(10))
                .step("A")
                .step("B")
                .build();
        Run run = new Run(absence).within(TEN_A_SECOND).clock(100);
        flood(run, absence, 100, 200)
                .match("a", 109)
                .clock(105)
                .clock(110)
                .match("b", 111)
                .clock(200);
        assertThat(run.alerts).extracting(CorrelatedAlert::key).doesNotContain(List.of("k"));
        assertThat(run.counts().refused()).isEqualTo(1);
        assertThat(run.counts().unconcluded()).isPositive();
    }

    @Test
    void whatItFeedsKnowsThatAlertsMayBeMissing() {
        Correlation chain = Correlations.of("chain", EVENT_COUNT, Duration.ofMinutes(5))
                .step("pair", "")
                .threshold(Comparison.GTE, 2)
                .build();
        Run run = new Run(PAIR, chain)
                .within(TEN_A_SECOND)
                .clock(100)
                .match("a", 101)
                .match("a", 102);
        flood(run, PAIR, 100, 200)
                .clock(105)
                .clock(110)
                .match("a", 120)
                .clock(130)
                .clock(170);
        run.match("a", 166).match("a", 167).clock(300);
        assertThat(run.lastRevisions())
                .filteredOn(alert -> alert.correlation().equals("chain"))
                .isNotEmpty()
                .noneMatch(CorrelatedAlert::complete);
    }
}
