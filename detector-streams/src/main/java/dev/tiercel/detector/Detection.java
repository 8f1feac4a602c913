package dev.tiercel.detector;

import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.OutputField;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A rule that matched, with everything that `alerts` and `alerts.json` contain.
///
/// @param id           [AlertId]
/// @param time         of the event that completed the match, nanoseconds since the epoch
/// @param text         the rendered output, without time and priority
/// @param fields       the output's fields, in its order
/// @param events       addresses of the contributing events, oldest first
/// @param evidenceComplete false if the node lost records just before, or was not watched until just before
/// @param revision     0: as first raised; above: the same alert with what has come to be known since
/// @param correlated   what a correlation, or `suppress`, has to add; null: nothing
public record Detection(
        String id,
        RuleSummary rule,
        String hostname,
        long time,
        String text,
        List<OutputField> fields,
        List<EventLocation> events,
        boolean evidenceComplete,
        int revision,
        @Nullable Correlated correlated)
        implements Judgement {

    public Detection {
        fields = List.copyOf(fields);
        events = List.copyOf(events);
    }

    /// What only alerts over several events have.
    ///
    /// @param steps   the step that each of the events is for; empty: of a rule
    /// @param key     values of `group-by`, or of `by` of `suppress`
    /// @param count   what the correlation counts; NaN: nothing
    /// @param floor   whether there may be more than `count`
    /// @param events  number of events, of which the alert may list a sample
    /// @param repeats what `suppress` folded into the alert; null: nothing
    public record Correlated(
            List<String> steps,
            List<String> key,
            double count,
            boolean floor,
            long events,
            @Nullable Folded repeats) {
        public Correlated {
            steps = List.copyOf(steps);
            key = List.copyOf(key);
        }
    }

    /// Alerts that are one.
    ///
    /// @param count  of them
    /// @param firstTime of the earliest, nanoseconds since the epoch
    /// @param sample events of some of them
    public record Folded(long count, long firstTime, long lastTime, List<EventLocation> sample) {
        public Folded {
            sample = List.copyOf(sample);
        }
    }

    /// How many alerts are folded into this one; 0: none.
    long repeats() {
        return correlated == null || correlated.repeats() == null
                ? 0
                : correlated.repeats().count();
    }

    /// The parts of a rule that an alert contains.
    ///
    /// @param priority as printed: `Warning`
    /// @param tags     sorted
    public record RuleSummary(String name, String hash, String priority, String source, List<String> tags) {
        public RuleSummary {
            tags = List.copyOf(tags);
        }

        public static RuleSummary of(Rule rule) {
            return new RuleSummary(
                    rule.name(), rule.hash(), rule.priority().label(), rule.source(), List.copyOf(rule.tags()));
        }
    }
}
