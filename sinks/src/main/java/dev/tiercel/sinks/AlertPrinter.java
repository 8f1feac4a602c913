package dev.tiercel.sinks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Prints alerts line by line; as text on a terminal, those that repeat one printed a moment ago are counted instead,
/// and then stand on one line. Not thread-safe.
public final class AlertPrinter {
    /// An alert that has not come for so long is no longer a repetition.
    static final long QUIET_NANOS = 2_000_000_000L;

    /// What repeats without end is reported this often.
    static final long REPORT_NANOS = 10_000_000_000L;

    /// Most different alerts that are remembered.
    static final int REMEMBERED = 64;

    private static final String TIME_END = ": ";

    private final AlertLine line;
    private final Consumer<String> out;
    private final LongSupplier clock;
    private final Map<String, Repeats> recent = new LinkedHashMap<>();
    private String lastPrinted = "";

    /// @param out takes each line, without a line feed
    public AlertPrinter(AlertLine line, Consumer<String> out) {
        this(line, out, System::nanoTime);
    }

    AlertPrinter(AlertLine line, Consumer<String> out, LongSupplier clock) {
        this.line = line;
        this.out = out;
        this.clock = clock;
    }

    /// Repetitions of an alert since it was last printed or reported.
    private static final class Repeats {
        private String latest;
        private long reported;
        private long seen;
        private long count;

        private Repeats(String line, long now) {
            latest = line;
            reported = now;
            seen = now;
        }

        private void add(String line, long now) {
            latest = line;
            seen = now;
            count++;
        }

        private boolean isOver(long now) {
            return now - seen >= QUIET_NANOS;
        }

        private boolean isDue(long now) {
            return count > 0 && (isOver(now) || now - reported >= REPORT_NANOS);
        }
    }

    /// Prints an alert of `alerts.json`, or counts it.
    ///
    /// @return whether it printed a line, and that is of a new alert: of no revision
    /// @throws IllegalArgumentException if `alert` is not an alert
    public boolean print(byte[] alert) {
        String text = line.of(alert);
        return printed(text) && !AlertLine.isRevision(alert);
    }

    private boolean printed(String text) {
        if (!folds()) {
            out.accept(text);
            return true;
        }
        pause();
        String key = withoutTime(text);
        long now = clock.getAsLong();
        Repeats known = recent.get(key);
        if (known != null) {
            known.add(text, now);
            return false;
        }
        write(key, text);
        remember(key, new Repeats(text, now));
        return true;
    }

    private boolean folds() {
        return line.terminal() && line.format() == AlertFormat.TEXT;
    }

    private static String withoutTime(String text) {
        int end = text.indexOf(TIME_END);
        return end < 0 ? text : text.substring(end + TIME_END.length());
    }

    private void write(String key, String text) {
        out.accept(text);
        lastPrinted = key;
    }

    private void remember(String key, Repeats first) {
        if (recent.size() == REMEMBERED) {
            Map.Entry<String, Repeats> eldest = recent.entrySet().iterator().next();
            report(eldest.getKey(), eldest.getValue());
            recent.remove(eldest.getKey());
        }
        recent.put(key, first);
    }

    /// Reports repetitions that ended, or went on for long; to be called about twice a second.
    public void pause() {
        long now = clock.getAsLong();
        recent.forEach((key, repeats) -> {
            if (repeats.isDue(now)) {
                report(key, repeats);
                repeats.reported = now;
            }
        });
        recent.values().removeIf(repeats -> repeats.isOver(now));
    }

    /// Reports what is not reported yet.
    public void end() {
        recent.forEach(this::report);
        recent.clear();
    }

    private void report(String key, Repeats repeats) {
        if (repeats.count == 0) return;
        String times = "… repeated " + repeats.count + (repeats.count == 1 ? " time" : " times");
        write(key, key.equals(lastPrinted) ? "  " + times : repeats.latest + " " + times);
        repeats.count = 0;
    }
}
