package dev.tiercel.fields.syscall;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Formats timestamps exactly as Falco prints them.
public final class Moments {

    private static final long NANOS = 1_000_000_000L;

    /// ISO 8601 as Falco writes it, and with the zone as `Z` or `+00:00`.
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd['T'][' ']HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern("[XXX][XX]")
            .toFormatter(Locale.ROOT);

    private Moments() {}

    /// Parses a timestamp, as nanoseconds since the epoch or in ISO 8601 with zone; null: neither.
    public static @Nullable Long parse(String text) {
        try {
            if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Long.parseLong(text);
            }
            Instant moment = ISO.parse(text, Instant::from);
            return Math.addExact(Math.multiplyExact(moment.getEpochSecond(), NANOS), moment.getNano());
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /// `16:17:57.881781397`
    public static String time(long epochNanos, ZoneId zone) {
        return timeSeconds(epochNanos, zone) + "." + padded(Math.floorMod(epochNanos, NANOS), 9);
    }

    /// `16:17:57`
    public static String timeSeconds(long epochNanos, ZoneId zone) {
        LocalDateTime local = local(epochNanos, zone);
        return padded(local.getHour(), 2) + ":" + padded(local.getMinute(), 2) + ":" + padded(local.getSecond(), 2);
    }

    /// `2016-08-04 16:17:57.881781397`
    public static String dateTime(long epochNanos, ZoneId zone) {
        return date(epochNanos, zone) + " " + time(epochNanos, zone);
    }

    /// `2016-08-04 16:17:57`
    public static String dateTimeSeconds(long epochNanos, ZoneId zone) {
        return date(epochNanos, zone) + " " + timeSeconds(epochNanos, zone);
    }

    /// `2016-08-04T16:17:57.881781397+0000`
    public static String iso8601(long epochNanos) {
        return date(epochNanos, ZoneOffset.UTC) + "T" + time(epochNanos, ZoneOffset.UTC) + "+0000";
    }

    private static String date(long epochNanos, ZoneId zone) {
        LocalDateTime local = local(epochNanos, zone);
        return padded(local.getYear(), 4) + "-" + padded(local.getMonthValue(), 2) + "-"
                + padded(local.getDayOfMonth(), 2);
    }

    private static LocalDateTime local(long epochNanos, ZoneId zone) {
        return LocalDateTime.ofInstant(Instant.ofEpochSecond(Math.floorDiv(epochNanos, NANOS)), zone);
    }

    private static String padded(long value, int width) {
        String digits = Long.toString(value);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }
}
