package dev.tiercel.correlation.types;

import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.match.MatchShape;
import dev.tiercel.correlation.match.ValueCodec;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.rules.correlation.CorrelationType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A window that begins at a match and ends after the timespan, when what it holds is counted.
final class FixedWindow extends Automaton {
    private final CorrelationType type;
    private final Measure measure;
    private final long timespan;

    private final List<Match> evidence = new ArrayList<>();
    private final List<Double> numbers = new ArrayList<>();
    private final Set<FieldValue> values = new LinkedHashSet<>();
    private @Nullable Match last;
    private long count;
    private double sum;
    private boolean floor;

    FixedWindow(CorrelationType type, Measure measure, long timespan) {
        this.type = type;
        this.measure = measure;
        this.timespan = timespan;
    }

    @Override
    @Nullable
    public Found accept(Match match) {
        count++;
        last = match;
        if (evidence.size() < Bounds.LISTED) evidence.add(match);
        switch (type) {
            case VALUE_COUNT -> keep(values, measure.value(match));
            case VALUE_SUM, VALUE_AVG -> sum += measure.number(match);
            case VALUE_MEDIAN, VALUE_PERCENTILE -> keep(numbers, measure.number(match));
            default -> {}
        }
        return null;
    }

    private <T> void keep(Collection<T> kept, T value) {
        if (kept.size() < Bounds.VALUES) {
            kept.add(value);
        } else if (!(kept instanceof Set<T>) || !kept.contains(value)) {
            floor = true;
        }
    }

    @Override
    @Nullable
    public Found elapse(long time) {
        if (due() >= time) return null;
        double result = result();
        Found found = new Found(Objects.requireNonNull(last), List.copyOf(evidence), due(), result, floor, count);
        forget();
        return measure.isReached(result) ? found : null;
    }

    private double result() {
        return switch (type) {
            case VALUE_COUNT -> values.size();
            case VALUE_SUM -> sum;
            case VALUE_AVG -> sum / count;
            case VALUE_MEDIAN -> median(sorted());
            case VALUE_PERCENTILE -> rank(sorted(), measure.percentile());
            default -> count;
        };
    }

    private double[] sorted() {
        double[] sorted = numbers.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// The nearest rank.
    private static double rank(double[] sorted, int percentile) {
        int rank = (int) Math.ceil(percentile / 100.0 * sorted.length);
        return sorted[Math.max(rank, 1) - 1];
    }

    @Override
    public long due() {
        return evidence.isEmpty()
                ? Long.MAX_VALUE
                : Bounds.plus(evidence.getFirst().time(), timespan);
    }

    @Override
    public void forget() {
        evidence.clear();
        numbers.clear();
        values.clear();
        last = null;
        count = 0;
        sum = 0;
        floor = false;
    }

    @Override
    public void expire(long time) {}

    @Override
    public List<Match> live() {
        return evidence;
    }

    @Override
    public long held() {
        return count;
    }

    @Override
    public void save(StateWriter out) {
        Match latest = last;
        if (count <= Bounds.LISTED || latest == null) {
            out.number(0);
            return;
        }
        out.number(count).word(Double.doubleToRawLongBits(sum)).flag(floor);
        ValueCodec.write(out, latest, null);
        out.number(numbers.size());
        numbers.forEach(number -> out.word(Double.doubleToRawLongBits(number)));
        out.number(values.size());
        values.forEach(value -> ValueCodec.write(out, value));
    }

    @Override
    public void load(StateReader in, MatchShape shape, List<String> key) {
        long written = in.number();
        if (written == 0) return;
        count = written;
        sum = Double.longBitsToDouble(in.word());
        floor = in.flag();
        last = ValueCodec.readMatch(in, null, shape, key);
        numbers.clear();
        for (int left = in.size(); left > 0; left--) numbers.add(Double.longBitsToDouble(in.word()));
        values.clear();
        for (int left = in.size(); left > 0; left--) values.add(ValueCodec.readValue(in));
    }

    @Override
    public int weight() {
        return 200 * evidence.size() + 24 * numbers.size() + 100 * values.size();
    }
}
