package dev.tiercel.correlation;

import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateStore;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.correlation.types.Bounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// Spans of time in which events of a source may be missing.
final class Gaps {
    private final Map<String, List<Gap>> bySource = new HashMap<>();
    private final Set<String> changed = new LinkedHashSet<>();

    /// @param to included
    private record Gap(long from, long to) {
        boolean touches(Gap other) {
            return from <= other.to && other.from <= to;
        }

        Gap with(Gap other) {
            return new Gap(Math.min(from, other.from), Math.max(to, other.to));
        }
    }

    void add(String source, long from, long to) {
        Gap gap = new Gap(from, Math.max(from, to));
        List<Gap> kept = new ArrayList<>();
        for (Gap other : bySource.getOrDefault(source, List.of())) {
            if (other.touches(gap)) {
                gap = gap.with(other);
            } else {
                kept.add(other);
            }
        }
        kept.add(gap);
        kept.sort((one, other) -> Long.compare(one.from(), other.from()));
        if (kept.size() > Bounds.GAPS) joinNearest(kept);
        bySource.put(source, kept);
        changed.add(source);
    }

    /// Makes one of the two that lie closest together: those with dates far ahead do not reach back to now.
    private static void joinNearest(List<Gap> gaps) {
        int nearest = 1;
        for (int next = 2; next < gaps.size(); next++) {
            if (distance(gaps, next) < distance(gaps, nearest)) nearest = next;
        }
        Gap earlier = gaps.remove(nearest - 1);
        gaps.set(nearest - 1, earlier.with(gaps.get(nearest - 1)));
    }

    private static long distance(List<Gap> gaps, int next) {
        return gaps.get(next).from() - gaps.get(next - 1).to();
    }

    /// Calls `each` with every gap of the source that reaches into the span.
    void visit(String source, long from, long to, Visitor each) {
        Gap span = new Gap(from, to);
        for (Gap gap : bySource.getOrDefault(source, List.of())) if (gap.touches(span)) each.gap(gap.from(), gap.to());
    }

    /// Takes a gap.
    @FunctionalInterface
    interface Visitor {
        /// It reaches from `from` to `to`, both included.
        void gap(long from, long to);
    }

    /// Forgets those of sources that are not wanted.
    void retain(Predicate<String> wanted) {
        for (String source : List.copyOf(bySource.keySet())) {
            if (wanted.test(source)) continue;
            bySource.remove(source);
            changed.add(source);
        }
    }

    /// Whether one of the source's reaches into the span.
    boolean isIn(String source, long from, long to) {
        if (bySource.isEmpty()) return false;
        Gap span = new Gap(from, to);
        for (Gap gap : bySource.getOrDefault(source, List.of())) if (gap.touches(span)) return true;
        return false;
    }

    /// Forgets what ended before `time`.
    void expire(String source, long time) {
        List<Gap> gaps = bySource.get(source);
        if (gaps == null || !gaps.removeIf(gap -> gap.to() < time)) return;
        changed.add(source);
    }

    void save(StateStore store, StateWriter out) {
        for (String source : changed) {
            List<Gap> gaps = bySource.getOrDefault(source, List.of());
            out.begin().number(gaps.size());
            gaps.forEach(gap -> out.word(gap.from()).word(gap.to()));
            store.put(StoreKeys.of(StoreKeys.GAPS, source), gaps.isEmpty() ? null : out.end());
        }
        changed.clear();
    }

    void load(String source, byte[] written) {
        StateReader in = new StateReader(written);
        List<Gap> gaps = new ArrayList<>();
        for (int left = in.size(); left > 0; left--) gaps.add(new Gap(in.word(), in.word()));
        in.end();
        bySource.put(source, gaps);
    }
}
