package dev.tiercel.cli.tail;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a moment: a time span before now (`90s`, `10m`, `2h`, `7d`), a time in UTC (`2026-11-26T10:00:00Z`), or a
/// local one (`2026-11-26T10:00`, `2026-11-26`).
final class Since implements ITypeConverter<Instant> {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,9})(s|m|h|d)");

    @Override
    public Instant convert(String text) {
        return at(text, Instant.now(), ZoneId.systemDefault());
    }

    /// @throws TypeConversionException if `text` is none of them
    static Instant at(String text, Instant now, ZoneId zone) {
        Matcher span = SPAN.matcher(text);
        try {
            if (span.matches()) return now.minus(duration(Long.parseLong(span.group(1)), span.group(2)));
            if (text.endsWith("Z")) return Instant.parse(text);
            return text.contains("T")
                    ? LocalDateTime.parse(text).atZone(zone).toInstant()
                    : LocalDate.parse(text).atStartOfDay(zone).toInstant();
        } catch (DateTimeException wrong) {
            throw new TypeConversionException(
                    "'" + text + "' is no time: 10m, 2h, 7d ago; 2026-11-26T10:00:00Z; 2026-11-26T10:00 or 2026-11-26");
        }
    }

    private static Duration duration(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
