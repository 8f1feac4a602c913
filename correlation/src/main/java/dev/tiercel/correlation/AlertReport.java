package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.EvidenceRow;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.match.MatchMaker;
import dev.tiercel.correlation.match.SuppressKey;
import dev.tiercel.correlation.types.Bounds;
import dev.tiercel.correlation.types.Found;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Renders the alerts of a correlation and sends them where they go.
final class AlertReport {
    private final Correlation correlation;
    private final List<CorrelationStep> steps;
    private final EvidenceRow row;
    private final @Nullable Match[] byStep;
    private final CorrelationOutput output;
    private final MatchMaker matches;
    private final @Nullable SuppressKey suppress;

    /// @param matches of the correlations that it feeds
    AlertReport(Correlation correlation, CorrelationOutput output, MatchMaker matches) {
        this.correlation = correlation;
        this.output = output;
        this.matches = matches;
        suppress = SuppressKey.of(correlation);
        steps = correlation.allSteps();
        row = new EvidenceRow(correlation);
        byStep = new Match[steps.size()];
    }

    private void show(Found found) {
        Arrays.fill(byStep, null);
        for (Match match : found.evidence()) byStep[match.step()] = match;
        byStep[found.last().step()] = found.last();
        row.all(byStep, found.last());
        row.figures(new EvidenceRow.Figures(
                found.count(), found.from(), found.last().time()));
    }

    private CorrelatedAlert alert(List<String> key, Found found, String id, int revision, boolean complete) {
        show(found);
        return new CorrelatedAlert(
                correlation.name(),
                correlation.hash(),
                id,
                revision,
                key,
                found.time(),
                contributions(found),
                correlation.output().render(row),
                complete,
                found.count(),
                found.floor(),
                found.events(),
                null);
    }

    private List<CorrelatedAlert.Contribution> contributions(Found found) {
        List<CorrelatedAlert.Contribution> listed = new ArrayList<>();
        for (Match match : found.evidence()) {
            String step = steps.get(match.step()).id();
            for (Evidence event : match.events()) {
                if (listed.size() == Bounds.LISTED) return listed;
                listed.add(new CorrelatedAlert.Contribution(step, event));
            }
        }
        return listed;
    }

    void raise(List<String> key, Found found, String id, int revision, boolean complete) {
        CorrelatedAlert alert = alert(key, found, id, revision, complete);
        if (suppress == null) {
            output.alert(alert);
        } else {
            Evidence event = found.last().events().getLast();
            output.fold(new RuleAlert(
                    Correlator.alertsOf(correlation.name()),
                    suppress.key(row),
                    id,
                    revision,
                    alert.time(),
                    event,
                    AlertCodec.encoded(alert),
                    null));
        }
    }

    /// Whether its alerts go on to something that has to know when no earlier ones can come.
    boolean isFollowed() {
        return suppress != null || isStep();
    }

    /// Whether another correlation has this one as a step.
    boolean isStep() {
        return matches.isStep(correlation.name());
    }

    /// Gives an alert to the correlations that have this one as a step.
    ///
    /// @param name of it, as evidence
    void feed(Found found, String name, boolean complete) {
        show(found);
        Evidence event = new Evidence(
                Correlator.alertsOf(correlation.name()),
                found.time(),
                name,
                found.last().evidence().hostname(),
                "",
                0,
                0,
                0,
                complete);
        List<Evidence> causes = new ArrayList<>();
        for (Match match : found.evidence()) {
            if (causes.size() < Bounds.LISTED) causes.addAll(match.events());
        }
        matches.make(correlation.name(), row, event, causes, output::match);
    }
}
