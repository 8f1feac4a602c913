package dev.tiercel.detector;

import dev.tiercel.correlation.CorrelatedAlert;
import dev.tiercel.correlation.CorrelatedAlert.Contribution;
import dev.tiercel.correlation.Quarantine;
import dev.tiercel.correlation.Repeats;
import dev.tiercel.correlation.RuleAlert;
import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.output.OutputField;
import dev.tiercel.rules.yaml.Priority;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Alerts of correlations, and folded ones of rules, as detections.
final class CorrelatedDetection {
    private static final String LEFT_OUT = "Tiercel internal: correlation left out";

    private CorrelatedDetection() {}

    static Detection of(CorrelatedAlert alert, Correlation correlation) {
        List<Contribution> evidence = alert.evidence();
        return new AlertSize()
                .bounded(new Detection(
                        alert.id(),
                        summary(alert, correlation),
                        evidence.isEmpty() ? "" : evidence.getLast().event().hostname(),
                        alert.time(),
                        alert.output().text(),
                        alert.output().fields(),
                        evidence.stream()
                                .map(Contribution::event)
                                .map(CorrelatedDetection::location)
                                .toList(),
                        alert.complete(),
                        alert.revision(),
                        new Detection.Correlated(
                                evidence.stream().map(Contribution::step).toList(),
                                alert.key(),
                                alert.count(),
                                alert.floor(),
                                alert.events(),
                                repeats(alert.repeats()))));
    }

    private static Detection.RuleSummary summary(CorrelatedAlert alert, Correlation correlation) {
        return new Detection.RuleSummary(
                correlation.name(),
                alert.hash(),
                correlation.priority().label(),
                correlation.source(),
                List.copyOf(correlation.tags()));
    }

    /// @param alert as it was when it was raised
    static Detection of(RuleAlert folded, Alert alert) {
        return new Detection(
                folded.id(),
                new Detection.RuleSummary(
                        alert.getRule(), alert.getRuleHash(), alert.getPriority(), alert.getSource(), alert.getTags()),
                alert.getHostname(),
                alert.getTime(),
                alert.getOutput(),
                alert.getOutputFields().stream()
                        .map(field -> new OutputField(field.getName(), field.getValue()))
                        .toList(),
                alert.getEvents().stream()
                        .map(at -> new EventLocation(at.getTopic(), at.getPartition(), at.getOffset(), at.getIndex()))
                        .toList(),
                alert.getEvidenceComplete(),
                folded.revision(),
                folded.repeats() == null
                        ? null
                        : new Detection.Correlated(
                                List.of(),
                                folded.key(),
                                Double.NaN,
                                false,
                                alert.getEvents().size(),
                                repeats(folded.repeats())));
    }

    /// Tells that a correlation is left out, as an alert of source `internal`: whoever relies on it must know.
    ///
    /// @param application of the detector
    /// @param partition   of `matches`
    static Detection of(Quarantine begun, String application, int partition) {
        EventLocation where = new EventLocation(application + "/" + begun.correlation(), partition, begun.from(), 0);
        Instant until = Instant.EPOCH.plusNanos(begun.until());
        return new Detection(
                AlertId.of(LEFT_OUT + begun.edition() + begun.reason(), List.of(where)),
                new Detection.RuleSummary(LEFT_OUT, "", Priority.CRITICAL.label(), "internal", List.of()),
                "",
                begun.from(),
                "'%s' is left out until %s: %s (partition %d of %s; settings detector.correlations.budget.*)"
                        .formatted(begun.correlation(), until, begun.text(), partition, Topics.MATCHES.name()),
                List.of(
                        new OutputField("tiercel.correlation", begun.correlation()),
                        new OutputField("tiercel.reason", begun.reason().name().toLowerCase(Locale.ROOT)),
                        new OutputField("tiercel.measured", begun.measured()),
                        new OutputField("tiercel.limit", begun.limit()),
                        new OutputField("tiercel.until", until.toString())),
                List.of(),
                true,
                0,
                null);
    }

    private static Detection.@Nullable Folded repeats(@Nullable Repeats repeats) {
        return repeats == null
                ? null
                : new Detection.Folded(
                        repeats.count(),
                        repeats.firstTime(),
                        repeats.lastTime(),
                        repeats.sample().stream()
                                .map(CorrelatedDetection::location)
                                .toList());
    }

    private static EventLocation location(Evidence event) {
        return new EventLocation(event.topic(), event.partition(), event.offset(), event.index());
    }
}
