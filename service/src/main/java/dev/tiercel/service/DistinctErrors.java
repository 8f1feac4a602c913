package dev.tiercel.service;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;

/// Logs each distinct failure once and counts the rest, so that a storm of one failure is one line and a number.
///
/// Two failures are the same if they have the same context, class and place in the code. At most 1,000 distinct
/// failures are remembered; later ones count under one name and are not logged. Thread-safe.
public final class DistinctErrors {
    private static final int LIMIT = 1_000;
    private static final String OTHERS = "others";

    private final Logger logger;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    public DistinctErrors(Logger logger) {
        this.logger = logger;
    }

    /// Counts `failure`, and logs it with its stack trace if it is the first of its kind.
    ///
    /// @param context what was being done, without data that changes each time: `evaluating rule "X"`
    /// @return true if it was logged
    public boolean record(String context, Throwable failure) {
        return record(context, failure, "");
    }

    /// As the other, with `detail` in the log line: which record it was.
    public boolean record(String context, Throwable failure, String detail) {
        boolean first = count(kind(context, failure));
        if (first) {
            logger.warn(
                    "{}{}: {} (more of this kind are only counted)",
                    context,
                    detail.isEmpty() ? "" : " [" + detail + "]",
                    failure.toString(),
                    failure);
        }
        return first;
    }

    /// Failures so far, distinct or not.
    public long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /// Kinds of failure so far.
    public int distinct() {
        return counts.size();
    }

    private boolean count(String kind) {
        boolean[] first = {false};
        String name = counts.containsKey(kind) || counts.size() < LIMIT ? kind : OTHERS;
        counts.computeIfAbsent(name, key -> {
                    first[0] = !key.equals(OTHERS);
                    return new LongAdder();
                })
                .increment();
        return first[0];
    }

    private static String kind(String context, Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return context + "|" + failure.getClass().getName() + "|"
                + (trace.length == 0 ? failure.getMessage() : trace[0]);
    }
}
