package dev.tiercel.correlation.types;

import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.match.StepCondition;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import dev.tiercel.rules.correlation.CorrelationType;
import dev.tiercel.rules.correlation.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes the automata of a correlation, and says which matches they want.
public final class Automata {
    private final Correlation correlation;
    private final CorrelationType type;
    private final long timespan;
    private final CountedValue value;
    private final @Nullable Measure measure;
    /// Number of steps whose matches can be evidence of their own.
    private final int evidential;
    /// About matches of several steps, or of all that have one.
    private final List<StepCondition> conditions = new ArrayList<>();
    /// What exceptions leave, where it is about one match.
    private final @Nullable StepCondition wanted;

    /// Compiles what the type of `correlation` needs.
    public Automata(Correlation correlation) {
        this.correlation = correlation;
        type = correlation.type();
        timespan = correlation.timespan().toNanos();
        value = CountedValue.of(correlation.steps());
        evidential = type == CorrelationType.ABSENCE ? 1 : correlation.steps().size();
        Threshold threshold = correlation.threshold();
        measure = threshold == null ? null : new Measure(threshold, value);
        for (CorrelationStep step : correlation.steps()) {
            StepCondition where = StepCondition.ofSeveral(correlation, step);
            if (where != null) conditions.add(where);
        }
        StepCondition left = StepCondition.of(correlation, correlation.wanted());
        wanted = isTemporal() ? null : left;
        if (isTemporal() && left != null) conditions.add(left);
    }

    /// Whether it looks for several steps in time.
    public boolean isTemporal() {
        return type == CorrelationType.TEMPORAL || type == CorrelationType.TEMPORAL_ORDERED;
    }

    /// Whether a match of a step counts at all.
    public boolean wants(Match match) {
        if (match.step() >= evidential) return true;
        if (wanted != null && !wanted.holds(match)) return false;
        return switch (type) {
            case VALUE_COUNT, FIRST_SEEN -> value.of(match).present();
            case VALUE_SUM -> measured().number(match) > 0;
            case VALUE_AVG, VALUE_MEDIAN, VALUE_PERCENTILE ->
                Double.isFinite(measured().number(match));
            default -> true;
        };
    }

    /// Whether the matches of all steps are as if they were of one, but for `until`: then `one` and `other` are the
    /// same if they are of one event.
    public boolean isSame(Match one, Match other) {
        return type.pools() && one.step() < evidential && other.step() < evidential && one.isOfSameEvent(other);
    }

    private Measure measured() {
        return Objects.requireNonNull(measure);
    }

    /// One for another key.
    public Automaton newAutomaton() {
        return switch (type) {
            case EVENT_COUNT, VALUE_SUM, VALUE_COUNT -> newCounting();
            case VALUE_AVG, VALUE_MEDIAN, VALUE_PERCENTILE -> new FixedWindow(type, measured(), timespan);
            case TEMPORAL, TEMPORAL_ORDERED -> newChain(type == CorrelationType.TEMPORAL_ORDERED);
            case ABSENCE -> new Absence(timespan, conditions.isEmpty() ? null : conditions.getFirst());
            case FIRST_SEEN ->
                new FirstSeen(value, timespan, correlation.learning().toNanos());
        };
    }

    private Automaton newCounting() {
        if (!measured().isLowerBound()) return new FixedWindow(type, measured(), timespan);
        return type == CorrelationType.VALUE_COUNT
                ? new SlidingDistinct(measured(), timespan)
                : new SlidingCount(measured(), type == CorrelationType.VALUE_SUM, timespan);
    }

    private Automaton newChain(boolean ordered) {
        int steps = correlation.steps().size();
        return conditions.isEmpty()
                ? new LatestChain(ordered, steps, timespan)
                : new SearchedChain(ordered, steps, timespan, conditions);
    }
}
