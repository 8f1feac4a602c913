package dev.tiercel.sinks.plan;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/// Hours of each day; `22:00` to `06:00` is the night.
///
/// @param from inclusive
/// @param to   exclusive; not the same
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {
    /// Whether `now` is in them.
    public boolean include(Instant now) {
        LocalTime time = LocalTime.ofInstant(now, zone);
        boolean started = !time.isBefore(from);
        boolean ended = !time.isBefore(to);
        return from.isBefore(to) ? started && !ended : started || !ended;
    }

    /// Their next end.
    public Instant end(Instant now) {
        ZonedDateTime local = now.atZone(zone);
        ZonedDateTime end = local.toLocalDate().atTime(to).atZone(zone);
        return (end.isAfter(local)
                        ? end
                        : local.toLocalDate().plusDays(1).atTime(to).atZone(zone))
                .toInstant();
    }
}
