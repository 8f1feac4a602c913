package dev.tiercel.correlation;

import dev.tiercel.correlation.state.StateStore;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.correlation.types.Bounds;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// What the stages of a correlator share, whatever the plans are.
final class Workings {
    private final StateStore store;
    private final StateWriter writer;
    private final Grace grace;
    private final CorrelationOutput output;
    private final Gaps gaps = new Gaps();
    private final AlertIds ids = new AlertIds();
    private final StageNumbers numbers;
    private final Map<String, SourceClock> clocks = new HashMap<>();
    private final Map<String, Counts> counts = new HashMap<>();

    Workings(StateStore store, StateWriter writer, Grace grace, CorrelationOutput output) {
        this.store = store;
        this.writer = writer;
        this.grace = grace;
        this.output = output;
        numbers = new StageNumbers(store, writer);
        visit(StoreKeys.CLOCK, (source, value) -> clock(source).resume(value));
        visit(StoreKeys.GAPS, gaps::load);
    }

    private void visit(byte kind, BiConsumer<String, byte[]> visitor) {
        store.range(new byte[] {kind}, new byte[] {(byte) (kind + 1)}, (key, value) -> {
            visitor.accept(StoreKeys.source(key), value);
            return true;
        });
    }

    CorrelationOutput output() {
        return output;
    }

    Gaps gaps() {
        return gaps;
    }

    AlertIds ids() {
        return ids;
    }

    StageNumbers numbers() {
        return numbers;
    }

    SourceClock clock(String source) {
        return clocks.computeIfAbsent(source, name -> new SourceClock(nanosOfGrace(name)));
    }

    private long nanosOfGrace(String source) {
        return Correlator.isOfAlerts(source) ? 0 : grace.of(source).toNanos();
    }

    /// By source; [Long#MIN_VALUE]: not all partitions have said their time.
    Map<String, Long> watermarks() {
        Map<String, Long> watermarks = new TreeMap<>();
        clocks.forEach((source, clock) -> watermarks.put(source, clock.watermark()));
        return watermarks;
    }

    Counts counts(String correlation) {
        return counts.computeIfAbsent(correlation, name -> new Counts());
    }

    /// Forgets gaps that ended more than `span` before what can still come.
    void expireGaps(long span) {
        clocks.forEach((source, clock) -> gaps.expire(source, Bounds.minus(clock.watermark(), span)));
    }

    void flush() {
        gaps.save(store, writer);
        clocks.forEach((source, clock) -> {
            if (clock.isChanged()) store.put(StoreKeys.of(StoreKeys.CLOCK, source), clock.takeState(writer));
        });
    }

    /// Goes on with the timers of a stage where they were.
    void resume(Stage stage) {
        byte[] mark = store.get(StoreKeys.of(StoreKeys.MARK, stage.number()));
        if (mark != null) stage.resume(mark);
    }

    void flush(Stage stage) {
        if (stage.isMarked()) {
            store.put(StoreKeys.of(StoreKeys.MARK, stage.number()), stage.takeMark(writer));
        }
    }
}
