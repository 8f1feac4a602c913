package dev.tiercel.correlation;

import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateStore;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.correlation.types.Bounds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Spans of time in which events of a source may be missing.
final class Gaps {
    private final Map<String, List<Gap>> bySource = new HashMap<>();
    private final List<String> changed = new ArrayList<>();

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
        if (kept.size() > Bounds.GAPS) kept.addFirst(kept.removeFirst().with(kept.removeFirst()));
        bySource.put(source, kept);
        changed.add(source);
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
