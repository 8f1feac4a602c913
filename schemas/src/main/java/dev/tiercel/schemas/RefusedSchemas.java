package dev.tiercel.schemas;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/// Schema ids that were refused a moment ago, so that a flood of records with bad ids is neither a flood of requests
/// to the registry nor of comparisons of schemas. An id is asked about again after five seconds: it may exist by then.
///
/// Once a thousand ids were refused within that time, further ids that are not known are refused without asking.
/// Thread-safe; nothing waits for another thread's request.
final class RefusedSchemas {
    static final Duration KEPT = Duration.ofSeconds(5);
    static final int MOST = 1_000;

    private final LongSupplier nanoTime;
    /// In the order of their times.
    private final LinkedHashMap<Integer, Refusal> refusals = new LinkedHashMap<>();

    private record Refusal(BadRecordException.Reason reason, String message, long time) {}

    RefusedSchemas(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /// What `resolve` makes of `id`, unless it refused it a moment ago.
    ///
    /// @throws BadRecordException of `resolve`, now or then
    <T> T resolve(int id, IntFunction<T> resolve) {
        check(id);
        try {
            return resolve.apply(id);
        } catch (BadRecordException refused) {
            remember(id, refused);
            throw refused;
        }
    }

    private synchronized void check(int id) {
        long now = nanoTime.getAsLong();
        while (!refusals.isEmpty() && now - refusals.firstEntry().getValue().time() >= KEPT.toNanos()) {
            refusals.pollFirstEntry();
        }
        Refusal known = refusals.get(id);
        if (known != null) {
            throw new BadRecordException(known.reason(), known.message());
        }
        if (refusals.size() >= MOST) {
            throw new BadRecordException(
                    BadRecordException.Reason.UNKNOWN_SCHEMA,
                    "schema id=%d, after %d others that are refused within %d s: the registry was not asked"
                            .formatted(id, MOST, KEPT.toSeconds()));
        }
    }

    private synchronized void remember(int id, BadRecordException refused) {
        String prefix = refused.reason() + ": ";
        String message = String.valueOf(refused.getMessage());
        String reason = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
        refusals.putLast(id, new Refusal(refused.reason(), reason, nanoTime.getAsLong()));
    }
}
