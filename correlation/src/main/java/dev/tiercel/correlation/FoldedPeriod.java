package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.ValueCodec;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.correlation.types.Bounds;
import java.util.ArrayList;
import java.util.List;

/// Alerts that are one, counted as far as none can come before them.
final class FoldedPeriod {
    FoldedAlert first;
    private final long from;
    private long earliest;
    private long latest;
    private long count;
    private final List<Evidence> sample = new ArrayList<>();

    FoldedPeriod(FoldedAlert first) {
        this.first = first;
        from = first.time();
        earliest = from;
        latest = from;
        add(first);
    }

    FoldedPeriod(StateReader in) {
        first = new FoldedAlert(in);
        from = in.word();
        earliest = in.word();
        latest = in.word();
        count = in.number();
        sample.addAll(ValueCodec.readAll(in));
    }

    void save(StateWriter out) {
        first.save(out);
        out.word(from).word(earliest).word(latest).number(count);
        ValueCodec.writeAll(out, sample);
    }

    void add(FoldedAlert alert) {
        count++;
        earliest = Math.min(earliest, alert.time());
        latest = Math.max(latest, alert.time());
        if (sample.size() < Bounds.SAMPLE) sample.add(alert.event());
    }

    /// Of the first alert.
    long from() {
        return from;
    }

    boolean isRepeated() {
        return count > 1;
    }

    Repeats repeats() {
        return new Repeats(count, earliest, latest, sample);
    }

    int weight() {
        return 200 + first.weight() + 120 * sample.size();
    }
}
