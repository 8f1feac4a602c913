package dev.tiercel.correlation.types;

import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.match.StepCondition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A match of the first step that none of the second follows within the timespan.
final class Absence extends Automaton {
    private final long timespan;
    private final @Nullable StepCondition closes;
    private final @Nullable Match[] both = new Match[2];
    private @Nullable Match open;

    /// @param closes what the second must satisfy together with the first; null: nothing
    Absence(long timespan, @Nullable StepCondition closes) {
        this.timespan = timespan;
        this.closes = closes;
    }

    @Override
    @Nullable
    public Found accept(Match match) {
        if (match.step() == 0) {
            if (open == null) open = match;
        } else if (open != null && isClosedBy(open, match)) {
            open = null;
        }
        return null;
    }

    private boolean isClosedBy(Match first, Match second) {
        if (closes == null) return true;
        both[0] = first;
        both[1] = second;
        return closes.holds(both);
    }

    @Override
    @Nullable
    public Found elapse(long time) {
        Match first = open;
        if (first == null || due() >= time) return null;
        open = null;
        return new Found(first, List.of(first), Bounds.plus(first.time(), timespan), 1, false, 1);
    }

    @Override
    public long due() {
        return open == null ? Long.MAX_VALUE : Bounds.plus(open.time(), timespan);
    }

    @Override
    public void forget() {
        open = null;
    }

    @Override
    public void expire(long time) {}

    @Override
    public List<Match> live() {
        return open == null ? List.of() : List.of(open);
    }

    @Override
    public int weight() {
        return 300;
    }
}
