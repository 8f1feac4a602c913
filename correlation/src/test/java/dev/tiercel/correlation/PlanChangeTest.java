package dev.tiercel.correlation;

import static dev.tiercel.rules.correlation.CorrelationType.EVENT_COUNT;
import static dev.tiercel.rules.correlation.Threshold.Comparison.GTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.rules.correlation.Correlation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Correlations that are edited, removed and come back.
class PlanChangeTest {
    private static final Duration TEN = Duration.ofSeconds(10);

    private static Correlations counting() {
        return Correlations.counting(EVENT_COUNT, GTE, 3, TEN);
    }

    private static Correlation other() {
        return Correlations.of("other", EVENT_COUNT, TEN)
                .step("A")
                .threshold(GTE, 3)
                .build();
    }

    @Test
    void anEditThatKeepsTheStructureKeepsTheState() {
        Run run = new Run(counting().build()).match("a", 1).match("a", 2);
        run.plans(counting().edited(4)).match("a", 3);
        assertThat(run.alerts).isEmpty();
        run.match("a", 4);
        assertThat(run.evidence()).containsExactly("a:e1.0 a:e2.0 a:e3.0 a:e4.0");
    }

    @Test
    void aLowerThresholdCountsWhatIsThere() {
        Run run = new Run(counting().build()).match("a", 1).match("a", 2);
        run.plans(counting().edited(2)).match("a", 3);
        assertThat(run.evidence()).containsExactly("a:e1.0 a:e2.0");
    }

    @Test
    void whatAnEditedCorrelationRaisedIsFinal() {
        Run run = new Run(counting().build()).match("a", 2).match("a", 3).match("a", 4);
        run.plans(counting().edited(2)).match("a", 1).match("a", 5).match("a", 6);
        assertThat(run.evidence()).containsExactly("a:e2.0 a:e3.0 a:e4.0", "a:e5.0 a:e6.0");
    }

    @Test
    void anEditOfTheWordsLeavesAlertsAsTheyAre() {
        Run run = new Run(counting().build()).match("a", 2).match("a", 3).match("a", 4);
        run.plans(counting().reworded()).match("a", 1).match("a", 5).match("a", 6);
        assertThat(run.evidence()).containsExactly("a:e1.0 a:e2.0 a:e3.0", "a:e4.0 a:e5.0 a:e6.0");
    }

    @Test
    void theStateOfACorrelationThatIsGoneIsRemovedByAndBy() {
        Run run = new Run(counting().build());
        for (int key = 0; key < 100; key++) {
            run.match(Run.match(
                    counting().build(), "a", "k" + key, 1, "e", List.of(FieldValue.of("x"), FieldValue.of(1))));
        }
        run.plans(other()).flush();
        assertThat(run.states()).isEqualTo(200);
        assertThat(run.pass(50)).isTrue();
        run.flush();
        assertThat(run.states()).isBetween(140, 150);
        while (run.pass(50)) {}
        assertThat(run.states()).isZero();
    }

    @Test
    void aCorrelationThatComesBackStartsAnew() {
        Run run = new Run(counting().build()).match("a", 1).match("a", 2);
        run.plans(other()).plans(counting().build()).match("a", 3).match("a", 4);
        assertThat(run.alerts).isEmpty();
        run.match("a", 5);
        assertThat(run.evidence()).containsExactly("a:e3.0 a:e4.0 a:e5.0");
        run.clock(100).flush();
        assertThat(run.states()).isZero();
    }

    @Test
    void matchesOfAnotherStructureAreCounted() {
        Run run = new Run(counting().build());
        run.match(Run.match(other(), "a", "k", 1, "e", List.of(FieldValue.of("x"), FieldValue.of(1))));
        assertThat(run.unknown()).isEqualTo(1);
    }

    @Test
    void keysAndBytesOfStatesAreKnownAfterARestart() {
        Run run = new Run(counting().build()).match("a", 1).flush();
        assertThat(run.counts().keys()).isEqualTo(1);
        assertThat(run.counts().bytes()).isBetween(20L, 100L);
        run.restart();
        assertThat(run.counts().keys()).isEqualTo(1);
        run.clock(100).flush();
        assertThat(run.counts().keys()).isZero();
        assertThat(run.counts().bytes()).isZero();
    }
}
