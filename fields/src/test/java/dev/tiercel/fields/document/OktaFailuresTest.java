package dev.tiercel.fields.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class OktaFailuresTest {

    private static final long SECOND = 1_000_000_000L;
    private static final String FAILURES = "okta.mfa.failure.countlast[300]";
    private static final String DENIALS = "okta.mfa.deny.countlast[300]";

    private final OktaFailures failures = new OktaFailures();

    private static void show(DocumentRow row, String name) throws IOException {
        Documents.show(row, "okta", Documents.file("okta", name));
    }

    @Test
    void countsInTheSecondsUpToAMoment() {
        failures.add("a", 10 * SECOND);
        failures.add("a", 20 * SECOND);

        assertThat(failures.count("a", 20 * SECOND, 11)).isEqualTo(2);
        assertThat(failures.count("a", 20 * SECOND, 10)).as("10 s ago is out").isEqualTo(1);
        assertThat(failures.count("a", 15 * SECOND, 100)).as("later ones").isEqualTo(1);
        assertThat(failures.count("a", 20 * SECOND, 0)).isZero();
        assertThat(failures.count("b", 20 * SECOND, 100)).isZero();
    }

    @Test
    void anEventThatComesTwiceCountsOnceAndALateOneWhereItBelongs() {
        for (long second : new long[] {30, 10, 30, 20, 10}) {
            failures.add("a", second * SECOND);
        }

        assertThat(failures.count("a", 30 * SECOND, 100)).isEqualTo(3);
        assertThat(failures.count("a", 20 * SECOND, 100)).isEqualTo(2);
    }

    @Test
    void keepsTheLast200TimesOfAnActor() {
        for (long second = 1; second <= 250; second++) {
            failures.add("a", second * SECOND);
        }
        failures.add("a", 20 * SECOND);
        assertThat(failures.count("a", 250 * SECOND, 250)).isEqualTo(200);

        failures.add("a", 100 * SECOND + 1);
        assertThat(failures.count("a", 250 * SECOND, 250)).isEqualTo(200);
        assertThat(failures.count("a", 51 * SECOND, 250))
                .as("the oldest made room")
                .isZero();
        assertThat(failures.count("a", 101 * SECOND, 1)).isEqualTo(2);
    }

    @Test
    void keepsTheActorsThatItHeardOfLast() {
        for (int actor = 0; actor < 10_001; actor++) {
            failures.add("a" + actor, SECOND);
            failures.count("a0", SECOND, 1);
        }

        assertThat(failures.size()).isEqualTo(10_000);
        assertThat(failures.count("a0", SECOND, 1)).isEqualTo(1);
        assertThat(failures.count("a1", SECOND, 1)).isZero();
    }

    /// Falco's plugin counts both under both names.
    @Test
    void eachFieldCountsItsOwnKindOfEventsOfTheActor() throws IOException {
        DocumentRow row = Documents.row("okta", FAILURES, DENIALS);
        show(row, "mfa-failed-1");
        show(row, "mfa-failed-by-bob");
        show(row, "mfa-failed-2");
        assertThat(row.number(0)).isEqualTo(2);
        assertThat(row.present(1)).isFalse();

        show(row, "push-denied-1");
        assertThat(row.present(0)).isFalse();
        assertThat(row.number(1)).isEqualTo(1);

        show(row, "mfa-passed");
        assertThat(row.present(0)).isFalse();
    }

    @Test
    void eventsOfWhichNoFieldIsAskedForCount() throws IOException {
        DocumentRow row = Documents.row("okta", "okta.mfa.failure.countlast[3600]");
        show(row, "mfa-failed-1");
        show(row, "mfa-failed-2");
        show(row, "mfa-failed-4");

        assertThat(row.number(0)).isEqualTo(3);
    }

    @Test
    void aRowForOtherRulesGoesOnCounting() throws IOException {
        show(new DocumentRow("okta", Documents.slots("okta.actor.id"), ZoneOffset.UTC, failures), "mfa-failed-1");
        DocumentRow next = new DocumentRow("okta", Documents.slots(FAILURES), ZoneOffset.UTC, failures);
        show(next, "mfa-failed-2");

        assertThat(next.number(0)).isEqualTo(2);
        assertThat(failures.size()).isEqualTo(1);
    }
}
