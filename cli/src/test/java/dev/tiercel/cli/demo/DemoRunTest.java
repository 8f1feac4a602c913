package dev.tiercel.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoRunTest {
    private static final DemoAction LOG = new DemoAction("log", false, "what", "why", "Log cleared", "clear");

    @Test
    void theAlertOfItsRuleAboutItsContainerIsFound() {
        DemoOutcome outcome = perform(alert("Log cleared", FakeStage.CONTAINER, Instant.now()));
        assertThat(outcome.alert()).isPresent();
        assertThat(outcome.millis()).isEqualTo(25);
    }

    @Test
    void thatOfAnotherContainerIsNot() {
        assertThat(perform(alert("Log cleared", "ba9876543210", Instant.now())).alert())
                .isEmpty();
        assertThat(perform(alert("Log cleared", "host", Instant.now())).alert()).isEmpty();
        assertThat(perform(alert("Log cleared", "", Instant.now())).alert()).isEmpty();
    }

    @Test
    void thatOfAnotherRuleIsNot() {
        assertThat(perform(alert("Authorized keys written", FakeStage.CONTAINER, Instant.now()))
                        .alert())
                .isEmpty();
    }

    @Test
    void thatOfWhatWasBeforeIsNot() {
        Instant before = Instant.now().minusSeconds(2);
        assertThat(perform(alert("Log cleared", FakeStage.CONTAINER, before)).alert())
                .isEmpty();
    }

    @Test
    void theFirstOfSeveralCounts() {
        DemoOutcome outcome = perform(
                alert("Log cleared", FakeStage.CONTAINER, Instant.now().minusSeconds(9)),
                alert("Log cleared", FakeStage.CONTAINER, Instant.parse("2100-01-01T00:00:00Z")),
                alert("Log cleared", FakeStage.CONTAINER, Instant.parse("2101-01-01T00:00:00Z")));
        assertThat(outcome.alert())
                .hasValueSatisfying(found -> assertThat(found.time()).isEqualTo("2100-01-01T00:00:00Z"));
    }

    @Test
    void aClockThatIsAheadMakesNoTimeNegative() {
        Instant now = Instant.now();
        DemoAlert early = new DemoAlert("Log cleared", "Warning", "", FakeStage.CONTAINER, now, now.minusMillis(3));
        assertThat(perform(early).millis()).isZero();
    }

    @Test
    void anyAlertAboutTheContainerSaysThatItIsWatched() {
        assertThat(watched(alert("Any rule", FakeStage.CONTAINER, Instant.now())))
                .isTrue();
        assertThat(watched(alert("Any rule", "ba9876543210", Instant.now()))).isFalse();
        assertThat(watched()).isFalse();
    }

    private static DemoOutcome perform(DemoAlert... raised) {
        return run(raised).perform(LOG);
    }

    private static boolean watched(DemoAlert... raised) {
        return run(raised).isWatched(Duration.ofNanos(1));
    }

    private static DemoRun run(DemoAlert... raised) {
        FakeStage stage = new FakeStage(line -> List.of(raised));
        return new DemoRun(stage, stage, Duration.ofNanos(1));
    }

    private static DemoAlert alert(String rule, String container, Instant time) {
        return FakeStage.alert(rule, container, time);
    }
}
