package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.match.MatchShape;
import dev.tiercel.correlation.types.Automata;
import dev.tiercel.correlation.types.Automaton;
import dev.tiercel.correlation.types.Bounds;
import dev.tiercel.correlation.types.Found;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import dev.tiercel.rules.correlation.CorrelationType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A correlation with its states.
final class CorrelationStage extends Stage {
    private final Correlation correlation;
    private final MatchShape shape;
    private final Automata automata;
    private final long timespan;
    private final long meaning;
    private final List<SourceClock> inputs;
    private final AlertReport report;
    private final Gaps gaps;

    /// Sources whose gaps are gaps of it.
    private final Set<String> watched = new LinkedHashSet<>();
    private final AlertIds ids;
    private final Counts counts;
    private final Spending spending = new Spending();
    private final String refusals;

    /// @param inputs by step
    CorrelationStage(
            int number, Correlation correlation, List<SourceClock> inputs, AlertReport report, Workings workings) {
        super(number, correlation.name(), correlation.structure());
        this.correlation = correlation;
        shape = new MatchShape(correlation.name(), correlation.structure(), correlation.allSteps());
        automata = new Automata(correlation);
        timespan = correlation.timespan().toNanos();
        meaning = AlertIds.word(correlation.meaning());
        this.inputs = inputs;
        this.report = report;
        gaps = workings.gaps();
        ids = workings.ids();
        counts = workings.counts(correlation.name());
        for (CorrelationStep step : shape.steps()) watched.add(Stages.sourceOf(step));
        refusals = Budgets.gapsOf(correlation.name());
        watched.add(refusals);
    }

    MatchShape shape() {
        return shape;
    }

    /// Nanoseconds.
    long timespan() {
        return timespan;
    }

    /// Number of the step that forgets; -1: none.
    int until() {
        return correlation.until() == null ? -1 : shape.steps().size() - 1;
    }

    /// Another after an edit of what evidence raises an alert, if it keeps the structure.
    long meaning() {
        return meaning;
    }

    /// Whether others have to know how far it has come.
    boolean isFollowed() {
        return report.isFollowed();
    }

    /// Another after an edit of it, or of what feeds it.
    String edition() {
        return correlation.edition();
    }

    /// The source whose gaps are what it was not given.
    String refusals() {
        return refusals;
    }

    Spending spending() {
        return spending;
    }

    /// Whether others look at what it lacks.
    boolean isStep() {
        return report.isStep();
    }

    @Override
    void took(int fired, long nanos) {
        counts.timerNanos += nanos;
        spending.took(fired, nanos);
    }

    /// As of now.
    Standing.OfCorrelation standing() {
        return new Standing.OfCorrelation(
                name(),
                correlation.type(),
                counts.snapshot(storedKeys(), storedBytes()),
                watermark(),
                settled(),
                spending.quarantine);
    }

    Counts counts() {
        return counts;
    }

    Automaton newAutomaton() {
        return automata.newAutomaton();
    }

    @Override
    KeyState newCell(List<String> key) {
        return correlation.atOnce() ? new AtOnceState(this, key) : new DeferredState(this, key);
    }

    @Override
    long lowestInput() {
        long lowest = Long.MAX_VALUE;
        for (SourceClock input : inputs) lowest = Math.min(lowest, input.watermark());
        return lowest;
    }

    /// How many of `matches` are of each step.
    List<LiveKey.OfStep> byStep(List<Match> matches) {
        int[] counts = new int[shape.steps().size()];
        for (Match match : matches) counts[match.step()]++;
        return correlation.steps().stream()
                .map(step -> new LiveKey.OfStep(step.id(), counts[step.number()]))
                .toList();
    }

    boolean isLate(Match match) {
        return match.time() < watermark(match);
    }

    /// Of the source of `match`.
    long watermark(Match match) {
        return inputs.get(match.step()).watermark();
    }

    /// Whether only one of the two may count.
    boolean isSame(Match one, Match other) {
        return one.compareTo(other) == 0 || automata.isSame(one, other);
    }

    boolean wants(Match match) {
        return automata.wants(match);
    }

    /// Whether a key of a correlation whose steps are bounded one by one has too many matches of one, or any other
    /// has too many at all.
    boolean isTooMany(int all, int ofStep) {
        return isBoundedByStep() ? ofStep > Bounds.STEP_MATCHES : all > Bounds.MATCHES;
    }

    boolean isBoundedByStep() {
        return automata.isTemporal();
    }

    /// Whether nothing is concluded from a span with a gap.
    boolean isDeniedByGaps() {
        return correlation.type() == CorrelationType.ABSENCE;
    }

    boolean isComplete(Found found) {
        for (Match match : found.evidence()) if (!match.evidence().complete()) return false;
        for (String source : watched) if (gaps.isIn(source, found.from(), found.time())) return false;
        return true;
    }

    /// Says over which of the times that it settled now alerts of its may be missing.
    ///
    /// @param before up to which it had settled
    void visitGaps(long before, Gaps.Visitor each) {
        for (String source : watched) {
            gaps.visit(
                    source,
                    Bounds.minus(before, timespan),
                    settled(),
                    (from, to) -> each.gap(Math.max(before, from), Math.min(settled(), Bounds.plus(to, timespan))));
        }
    }

    String id(List<String> key, Found found, int salt) {
        return ids.id(correlation.hash(), key, shape.steps(), found, salt);
    }

    void raise(KeyState state, Found found, String id, int revision, boolean complete) {
        if (revision == 0) {
            counts.alerts++;
        } else {
            counts.revisions++;
        }
        report.raise(state.key(), found, id, revision, complete);
    }

    /// Gives a final alert to the correlations that it is a step of.
    void feed(KeyState state, Found found, boolean complete) {
        if (report.isStep()) report.feed(found, id(state.key(), found, 0), complete);
    }
}
