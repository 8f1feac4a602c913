package dev.tiercel.correlation.types;

import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.Match;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// So many different values of a field within the timespan. Of the matches of a value the latest counts.
final class SlidingDistinct extends Automaton {
    private final Measure measure;
    private final long timespan;
    /// The least recent first.
    private final LinkedHashMap<FieldValue, Match> latest = new LinkedHashMap<>(16, 0.75f, true);

    SlidingDistinct(Measure measure, long timespan) {
        this.measure = measure;
        this.timespan = timespan;
    }

    @Override
    @Nullable
    public Found accept(Match match) {
        expire(Bounds.minus(match.time(), timespan));
        latest.put(measure.value(match), match);
        if (!measure.isReached(latest.size())) return null;
        Found found = Found.of(live(), latest.size());
        forget();
        return found;
    }

    @Override
    public void forget() {
        latest.clear();
    }

    @Override
    public void expire(long time) {
        while (!latest.isEmpty() && latest.values().iterator().next().time() < time) latest.pollFirstEntry();
    }

    @Override
    public List<Match> live() {
        return new ArrayList<>(latest.values());
    }

    @Override
    public boolean isEmpty() {
        return latest.isEmpty();
    }

    @Override
    public boolean isThin() {
        return true;
    }

    @Override
    public int weight() {
        return 300 * latest.size();
    }
}
