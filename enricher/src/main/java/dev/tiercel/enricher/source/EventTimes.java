package dev.tiercel.enricher.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/// Times as sources write them.
public final class EventTimes {
    private EventTimes() {}

    /// Nanoseconds since the epoch of an ISO 8601 time with a zone: `2026-01-02T03:04:05.678Z`.
    ///
    /// @throws MalformedException if it is none
    public static long iso(String name, String text) throws MalformedException {
        try {
            return nanos(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException | ArithmeticException wrong) {
            throw new MalformedException("%s is not a time: '%s'".formatted(name, text));
        }
    }

    /// Nanoseconds since the epoch.
    public static long nanos(Instant time) {
        return ChronoUnit.NANOS.between(Instant.EPOCH, time);
    }
}
