package dev.tiercel.ruletools.testing;

import dev.tiercel.rules.source.SourcePosition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One test as written.
///
/// A test is plain, and each of its events must pass it; or it is a history, whose events happen one after the other.
///
/// @param events complete
/// @param ends when a history ends, in nanoseconds after its start; -1: when all of it is decided
record RuleTestCase(String name, SourcePosition position, List<Event> events, Expected expected, long ends) {

    RuleTestCase {
        events = List.copyOf(events);
    }

    /// Whether it says when its events happen, or what only a history can have.
    boolean hasTimes() {
        return ends >= 0
                || events.stream().anyMatch(event -> event.when() != null)
                || expected.match().stream().anyMatch(Wanted::ofHistory);
    }

    /// An event: fields, or a document as its source writes it.
    ///
    /// @param source empty: that of the test
    /// @param fields field to value; empty if there is a document
    /// @param document JSON; empty: none
    /// @param when null: it does not say
    record Event(
            String source,
            Map<String, Object> fields,
            String document,
            @Nullable When when) {}

    /// When an event of a history happens and arrives, in nanoseconds after the start of the test.
    ///
    /// @param arrives not before `at`
    /// @param late arrives when the grace of its source has passed, whatever that is
    /// @param gap what came just before it may be missing
    record When(long at, long arrives, boolean late, boolean gap) {
        static final When START = new When(0, 0, false, false);
    }

    /// The expected result.
    ///
    /// @param source empty: that of the named rules
    /// @param match rules that every event must match; alerts that a history must raise
    /// @param miss globs of rules that no event may match, except those of `match`
    record Expected(String source, List<Wanted> match, List<Named> miss) {
        Expected {
            match = List.copyOf(match);
            miss = List.copyOf(miss);
        }
    }

    /// An expected match, or the alerts of one rule or correlation in a history.
    ///
    /// @param output expected output; null: any
    /// @param fields expected output fields
    /// @param inHistory null: as in a plain test
    record Wanted(
            Named named,
            @Nullable String output,
            List<PrintedField> fields,
            @Nullable InHistory inHistory) {
        Wanted {
            fields = List.copyOf(fields);
        }

        String name() {
            return named.name();
        }

        boolean ofHistory() {
            return inHistory != null;
        }
    }

    /// What else a history can expect of alerts.
    ///
    /// @param times how many there are
    /// @param key values of `group-by`; null: any
    /// @param steps ids of the steps of the evidence, oldest first; null: any
    /// @param complete whether none of the evidence came after a gap; null: either
    /// @param repeats how many are folded into it; -1: any number
    record InHistory(
            int times,
            @Nullable List<String> key,
            @Nullable List<String> steps,
            @Nullable Boolean complete,
            long repeats) {
        static final InHistory ONCE = new InHistory(1, null, null, null, -1);
    }

    /// The name of a rule or correlation, or a glob of names.
    record Named(String name, SourcePosition position) {
        boolean isGlob() {
            return name.indexOf('*') >= 0;
        }
    }

    /// An output field.
    ///
    /// @param value null: absent
    record PrintedField(String name, @Nullable String value, SourcePosition position) {}
}
