package dev.tiercel.service;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;

/// Logs each distinct failure once and counts the rest, so that a storm of the same failure is one line and a number.
///
/// Two failures are the same if they have the same context, class and position in the code. At most 1,000 distinct
/// failures are remembered; later ones are counted together and not logged. Thread-safe.
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
    /// @param context the operation that failed, without data that changes each time: `evaluating rule "X"`
    /// @return true if it was logged
    public boolean record(String context, Throwable failure) {
        return record(context, failure, "");
    }

    /// The same, with `detail` in the log line, such as the position of the record.
    public boolean record(String context, Throwable failure, String detail) {
        boolean first = count(kind(context, failure));
        if (first) {
            logger.warn(
                    "{}{}: {} (logged once; further ones are counted)",
                    context,
                    detail.isEmpty() ? "" : " [" + detail + "]",
                    failure.toString(),
                    failure);
        }
        return first;
    }

    /// Failures so far, repeated ones included.
    public long total() {
        return counts.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /// Distinct failures so far.
    int distinct() {
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
