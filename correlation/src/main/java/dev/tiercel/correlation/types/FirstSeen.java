package dev.tiercel.correlation.types;

import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.match.MatchShape;
import dev.tiercel.correlation.match.ValueCodec;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A value of a field that the key has not had within the timespan before, once it has learnt. A key without matches
/// for the timespan is forgotten, and learns anew.
public final class FirstSeen extends Automaton {
    private final CountedValue counted;
    private final long timespan;
    private final long learning;
    /// When each value was seen last; the least recent first.
    private final LinkedHashMap<FieldValue, Long> seen = new LinkedHashMap<>(16, 0.75f, true);

    private long since;
    private long latest = Long.MIN_VALUE;
    private long dropped = Long.MIN_VALUE;

    /// @param counted  the value in matches
    /// @param timespan after which a value is forgotten, nanoseconds
    /// @param learning nanoseconds from the first match in which nothing is found
    FirstSeen(CountedValue counted, long timespan, long learning) {
        this.counted = counted;
        this.timespan = timespan;
        this.learning = learning;
    }

    @Override
    public @Nullable Found accept(Match match) {
        expire(Bounds.minus(match.time(), timespan));
        if (seen.isEmpty()) since = match.time();
        latest = match.time();
        boolean known = seen.put(value(match), match.time()) != null;
        if (seen.size() > Bounds.VALUES) dropped = eldest();
        if (known || match.time() < Bounds.plus(since, learning)) return null;
        return found(match, isFloor(Bounds.minus(match.time(), timespan)));
    }

    /// What the match of a value never seen is.
    public static Found found(Match match, boolean floor) {
        return new Found(match, List.of(match), match.time(), 1, floor, 1);
    }

    /// What is to be seen for the first time.
    public FieldValue value(Match match) {
        return counted.of(match);
    }

    /// Whether nothing from `watermark` on that comes before `match` can make its value known, or let the key learn
    /// again.
    public boolean isSureToBeNew(Match match, long watermark) {
        return !seen.isEmpty()
                && watermark > Bounds.plus(since, learning)
                && match.time() <= Bounds.plus(latest, timespan)
                && !seen.containsKey(value(match));
    }

    private long eldest() {
        Map.Entry<FieldValue, Long> eldest = seen.pollFirstEntry();
        return eldest.getValue();
    }

    @Override
    public void forget() {
        seen.clear();
        latest = Long.MIN_VALUE;
    }

    @Override
    public void expire(long time) {
        while (!seen.isEmpty() && seen.values().iterator().next() < time) seen.pollFirstEntry();
    }

    @Override
    public List<Match> live() {
        return List.of();
    }

    @Override
    public boolean isEmpty() {
        return seen.isEmpty();
    }

    @Override
    public long latest() {
        return seen.isEmpty() ? Long.MIN_VALUE : latest;
    }

    @Override
    public long earliest() {
        return seen.isEmpty() ? Long.MIN_VALUE : since;
    }

    @Override
    public long held() {
        return seen.size();
    }

    @Override
    public long learnsUntil() {
        return seen.isEmpty() ? Long.MIN_VALUE : Bounds.plus(since, learning);
    }

    @Override
    public void showLearnt(LearntVisitor visitor) {
        // Over the map, not through get, which would be a use of the value.
        seen.sequencedEntrySet().reversed().forEach(entry -> visitor.visit(entry.getKey(), entry.getValue()));
    }

    @Override
    public boolean isFloor(long time) {
        return dropped >= time;
    }

    @Override
    public void save(StateWriter out) {
        out.word(since).word(dropped).number(seen.size());
        seen.forEach((value, time) -> {
            ValueCodec.write(out, value);
            out.number(time - since);
        });
    }

    @Override
    public void load(StateReader in, MatchShape shape, List<String> key) {
        since = in.word();
        dropped = in.word();
        for (int left = in.size(); left > 0; left--) {
            FieldValue value = ValueCodec.readValue(in);
            latest = since + in.number();
            seen.put(value, latest);
        }
    }

    @Override
    public int weight() {
        return 150 * seen.size();
    }
}
