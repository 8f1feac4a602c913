package dev.tiercel.detector;

import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.OutputField;
import java.util.List;

/// A rule matched: everything that `alerts` and `alerts.json` say about it.
///
/// @param id           [AlertId]
/// @param time         of the event that completed the match, nanoseconds since the epoch
/// @param text         the rendered output, without time and priority
/// @param fields       the output's fields, in its order
/// @param events       where the contributing events are, oldest first
/// @param evidenceComplete false: the node lost records just before
public record Detection(
        String id,
        Meaning rule,
        String hostname,
        long time,
        String text,
        List<OutputField> fields,
        List<EventPlace> events,
        boolean evidenceComplete)
        implements Outcome {

    public Detection {
        fields = List.copyOf(fields);
        events = List.copyOf(events);
    }

    /// What an alert says of its rule.
    ///
    /// @param priority as printed: `Warning`
    /// @param tags     sorted
    public record Meaning(String name, String hash, String priority, String source, List<String> tags) {
        public Meaning {
            tags = List.copyOf(tags);
        }

        public static Meaning of(Rule rule) {
            return new Meaning(
                    rule.name(), rule.hash(), rule.priority().label(), rule.source(), List.copyOf(rule.tags()));
        }
    }
}
