package dev.tiercel.detector;

import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.OutputField;
import java.util.List;

/// A rule that matched, with everything that `alerts` and `alerts.json` contain.
///
/// @param id           [AlertId]
/// @param time         of the event that completed the match, nanoseconds since the epoch
/// @param text         the rendered output, without time and priority
/// @param fields       the output's fields, in its order
/// @param events       addresses of the contributing events, oldest first
/// @param evidenceComplete false if the node lost records just before, or was not watched until just before
/// @param revision     0: as first raised; above: the same alert with what has come to be known since
public record Detection(
        String id,
        RuleSummary rule,
        String hostname,
        long time,
        String text,
        List<OutputField> fields,
        List<EventLocation> events,
        boolean evidenceComplete,
        int revision)
        implements Judgement {

    /// As first raised.
    public Detection(
            String id,
            RuleSummary rule,
            String hostname,
            long time,
            String text,
            List<OutputField> fields,
            List<EventLocation> events,
            boolean evidenceComplete) {
        this(id, rule, hostname, time, text, fields, events, evidenceComplete, 0);
    }

    public Detection {
        fields = List.copyOf(fields);
        events = List.copyOf(events);
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
