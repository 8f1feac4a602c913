package dev.tiercel.detector;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Nanoseconds since the epoch as Falco prints them.
final class AlertClock {
    private static final long NANOS = 1_000_000_000L;
    private static final DateTimeFormatter JSON = formatter("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'");
    private static final DateTimeFormatter ISO = formatter("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'+0000'");
    private static final DateTimeFormatter OF_DAY = formatter("HH:mm:ss.nnnnnnnnn");

    private AlertClock() {}

    /// `2016-08-04T16:17:57.881781397Z`: key `time` of the JSON alert.
    static String json(long time) {
        return JSON.format(instant(time).atOffset(ZoneOffset.UTC));
    }

    /// `2016-08-04T16:17:57.881781397+0000`: `evt.time.iso8601`.
    static String iso(long time) {
        return ISO.format(instant(time).atOffset(ZoneOffset.UTC));
    }

    /// `16:17:57.881781397` in `zone`: `evt.time`.
    static String ofDay(long time, ZoneId zone) {
        return OF_DAY.format(instant(time).atZone(zone));
    }

    private static Instant instant(long time) {
        return Instant.ofEpochSecond(Math.floorDiv(time, NANOS), Math.floorMod(time, NANOS));
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT);
    }
}
