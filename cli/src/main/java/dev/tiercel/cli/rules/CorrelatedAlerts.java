package dev.tiercel.cli.rules;

import dev.tiercel.correlation.CorrelatedAlert;
import dev.tiercel.correlation.Repeats;
import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.detector.Detection;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.output.OutputField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Alerts of correlations over files, as they are printed: their evidence names lines of the files.
final class CorrelatedAlerts {
    private static final long SECOND = 1_000_000_000L;

    private CorrelatedAlerts() {}

    /// @param open whether the time of its `suppress` was not over when the input ended
    static Detection detection(Correlation correlation, CorrelatedAlert alert, boolean open) {
        Evidence last = alert.evidence().getLast().event();
        Detection.RuleSummary rule = new Detection.RuleSummary(
                correlation.name(),
                correlation.hash(),
                correlation.priority().label(),
                correlation.source(),
                List.copyOf(correlation.tags()));
        return new Detection(
                alert.id(),
                rule,
                last.hostname(),
                alert.time(),
                text(alert, open),
                fields(alert, open),
                List.of(),
                alert.complete(),
                0,
                null);
    }

    /// The output, and what distinguishes this alert from others with the same.
    private static String text(CorrelatedAlert alert, boolean open) {
        StringBuilder text = new StringBuilder(alert.output().text());
        if (!alert.complete()) text.append(" (evidence: gap)");
        if (alert.revision() > 0) {
            text.append(" (revision %d of %s)".formatted(alert.revision(), alert.id()));
        }
        Repeats repeats = alert.repeats();
        if (repeats != null) text.append(told(repeats, open));
        return text.toString();
    }

    /// How many there were in all.
    static String told(Repeats repeats, boolean open) {
        return " (%d alerts until %s%s)"
                .formatted(repeats.count(), time(repeats.lastTime()), open ? ", where the input ended" : "");
    }

    private static String time(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, SECOND), Math.floorMod(nanos, SECOND))
                .toString();
    }

    private static List<OutputField> fields(CorrelatedAlert alert, boolean open) {
        List<OutputField> fields = new ArrayList<>(alert.output().fields());
        fields.add(new OutputField("correlation.id", alert.id()));
        fields.add(new OutputField("correlation.revision", (long) alert.revision()));
        fields.add(new OutputField("correlation.key", alert.key()));
        fields.add(new OutputField(
                "correlation.evidence",
                alert.evidence().stream().map(CorrelatedAlerts::place).toList()));
        fields.add(new OutputField("correlation.complete", alert.complete()));
        Repeats repeats = alert.repeats();
        if (repeats != null) {
            fields.add(new OutputField("correlation.repeats", repeats.count()));
            fields.add(new OutputField("correlation.open", open));
        }
        return fields;
    }

    private static String place(CorrelatedAlert.Contribution part) {
        Evidence event = part.event();
        return event.topic().isEmpty()
                ? part.step() + " " + event.identity()
                : part.step() + " " + event.topic() + ":" + event.offset();
    }
}
