package dev.tiercel.ruletools.testing;

import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.yaml.Yaml;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times in histories: after the start of the test, `+1h30m`, with or without the sign.
final class HistoryTimes {

    /// As long as the longest timespan of a correlation, and once more.
    static final Duration LONGEST = Duration.ofDays(60);

    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));
    private static final Pattern PART = Pattern.compile("(?<number>[0-9]{1,9})(?<unit>ms|s|m|h|d)");
    private static final Pattern WHOLE =
            Pattern.compile("[+]?(" + PART.pattern().replaceAll("\\?<[a-z]+>", "") + "){1,8}");

    private HistoryTimes() {}

    /// Nanoseconds.
    static long nanos(Yaml yaml) throws ProblemException {
        if (yaml instanceof Yaml.Scalar scalar) {
            Optional<Duration> time = parse(scalar.value());
            if (time.isPresent()) {
                return time.get().toNanos();
            }
        }
        throw RuleTestReader.invalid(
                "Expected a time such as +3s or 1h30m (ms, s, m, h, d; at most %d days)".formatted(LONGEST.toDays()),
                yaml.position());
    }

    private static Optional<Duration> parse(String text) {
        if (!WHOLE.matcher(text).matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            sum = sum.plus(UNITS.get(part.group("unit")).multipliedBy(Long.parseLong(part.group("number"))));
        }
        return sum.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(sum);
    }

    /// As written: `+1m30s`.
    static String text(long nanos) {
        Duration time = Duration.ofNanos(nanos);
        StringBuilder text = new StringBuilder("+");
        append(text, time.toDays(), "d");
        append(text, time.toHoursPart(), "h");
        append(text, time.toMinutesPart(), "m");
        append(text, time.toSecondsPart(), "s");
        append(text, time.toMillisPart(), "ms");
        return text.length() == 1 ? "+0s" : text.toString();
    }

    private static void append(StringBuilder text, long number, String unit) {
        if (number != 0) {
            text.append(number).append(unit);
        }
    }
}
