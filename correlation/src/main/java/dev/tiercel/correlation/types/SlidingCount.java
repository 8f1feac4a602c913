package dev.tiercel.correlation.types;

import dev.tiercel.correlation.match.Match;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// So many matches, or so large a sum, within the timespan.
final class SlidingCount extends Automaton {
    private final Measure measure;
    private final boolean summed;
    private final long timespan;
    private final ArrayDeque<Match> window = new ArrayDeque<>();
    private double sum;
    private long dropped = Long.MIN_VALUE;

    SlidingCount(Measure measure, boolean summed, long timespan) {
        this.measure = measure;
        this.summed = summed;
        this.timespan = timespan;
    }

    @Override
    @Nullable
    public Found accept(Match match) {
        expire(Bounds.minus(match.time(), timespan));
        window.addLast(match);
        if (summed) sum += measure.number(match);
        if (window.size() > Bounds.VALUES) dropped = removeFirst();
        double count = summed ? sum : window.size();
        if (!measure.isReached(count)) return null;
        List<Match> evidence = new ArrayList<>(window);
        boolean floor = isFloor(Bounds.minus(match.time(), timespan));
        forget();
        return new Found(match, evidence, match.time(), count, floor, evidence.size());
    }

    private long removeFirst() {
        long time = window.removeFirst().time();
        sumUp();
        return time;
    }

    /// In order, so that it does not depend on what was there before.
    private void sumUp() {
        sum = 0;
        if (summed) for (Match match : window) sum += measure.number(match);
    }

    @Override
    public void forget() {
        window.clear();
        sum = 0;
    }

    @Override
    public void expire(long time) {
        if (window.isEmpty() || window.getFirst().time() >= time) return;
        while (!window.isEmpty() && window.getFirst().time() < time) window.removeFirst();
        sumUp();
    }

    @Override
    public List<Match> live() {
        return List.copyOf(window);
    }

    @Override
    public boolean isEmpty() {
        return window.isEmpty();
    }

    @Override
    public boolean isFloor(long time) {
        return dropped >= time;
    }

    @Override
    public int weight() {
        return 200 * window.size();
    }
}
