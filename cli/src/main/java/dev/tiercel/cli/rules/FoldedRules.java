package dev.tiercel.cli.rules;

import dev.tiercel.correlation.AlertCodec;
import dev.tiercel.correlation.Repeats;
import dev.tiercel.correlation.RuleAlert;
import dev.tiercel.correlation.SuppressedRule;
import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.SuppressKey;
import dev.tiercel.detector.Detection;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.Output;
import dev.tiercel.rules.output.OutputField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Alerts of the rules with `suppress`, over files: on their way to be folded, and as they are printed.
final class FoldedRules {
    private final List<SuppressedRule> suppressed;
    private final Map<String, SuppressKey> keys = new HashMap<>();

    FoldedRules(RuleSet rules) {
        suppressed = SuppressedRule.of(rules);
        for (SuppressedRule rule : suppressed) {
            keys.put(rule.rule(), SuppressKey.of(rule.suppress(), rules.slots()));
        }
    }

    List<SuppressedRule> suppressed() {
        return suppressed;
    }

    /// What is to be folded of an alert.
    ///
    /// @param rule one with `suppress`
    RuleAlert alert(Rule rule, Row row, Evidence event) {
        SuppressKey key = keys.get(rule.name());
        if (key == null) throw new IllegalArgumentException("rule=" + rule.name());
        byte[] payload = AlertCodec.encoded(rule.outputFormat().render(row));
        return new RuleAlert(rule.name(), key.key(row), name(event), 0, event.time(), event, payload, null);
    }

    /// The event's place: `events.jsonl:12:15`, of line 12, which is the 15th event of the run.
    private static String name(Evidence event) {
        return event.topic() + ":" + event.offset() + ":" + event.index();
    }

    /// An alert that is not to be printed before others are folded into it, or has been and is printed again.
    ///
    /// @param open whether its time was not over when the input ended
    static Detection detection(Rule rule, RuleAlert alert, boolean open) {
        Output output = AlertCodec.output(alert.payload());
        StringBuilder text = new StringBuilder(output.text());
        List<OutputField> fields = new ArrayList<>(output.fields());
        fields.add(new OutputField("suppress.id", alert.id()));
        fields.add(new OutputField("suppress.revision", (long) alert.revision()));
        fields.add(new OutputField("suppress.key", alert.key()));
        Repeats repeats = alert.repeats();
        if (repeats != null) {
            text.append(CorrelatedAlerts.told(repeats, open));
            fields.add(new OutputField("suppress.repeats", repeats.count()));
            fields.add(new OutputField("suppress.open", open));
        } else if (alert.revision() > 0) {
            text.append(" (revision %d of %s)".formatted(alert.revision(), alert.id()));
        }
        return new Detection(
                alert.id(),
                Detection.RuleSummary.of(rule),
                alert.event().hostname(),
                alert.time(),
                text.toString(),
                fields,
                List.of(),
                true,
                0,
                null);
    }
}
