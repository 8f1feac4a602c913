package dev.tiercel.ruletools.testing;

import dev.tiercel.rules.source.SourcePosition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One test as written.
///
/// @param events complete
record RuleTestCase(String name, SourcePosition position, List<Event> events, Expected expected) {

    RuleTestCase {
        events = List.copyOf(events);
    }

    /// An event: fields, or a document as its source writes it.
    ///
    /// @param fields field to value; empty if there is a document
    /// @param document JSON; empty: none
    record Event(Map<String, Object> fields, String document) {}

    /// The expected result.
    ///
    /// @param source empty: that of the named rules
    /// @param match rules that every event must match
    /// @param miss globs of rules that no event may match, except those of `match`
    /// @param output expected output of the only rule of `match`; null: any
    /// @param fields expected output fields
    record Expected(
            String source,
            List<Named> match,
            List<Named> miss,
            @Nullable String output,
            List<PrintedField> fields) {
        Expected {
            match = List.copyOf(match);
            miss = List.copyOf(miss);
            fields = List.copyOf(fields);
        }
    }

    /// The name of a rule, or a glob of names.
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
