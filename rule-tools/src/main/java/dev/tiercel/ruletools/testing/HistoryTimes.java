package dev.tiercel.ruletools.testing;

import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.yaml.Yaml;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Times in histories: after the start of the test, `+1h30m`, with or without the sign.
final class HistoryTimes {

    /// As long as the longest timespan of a correlation, and once more.
    static final Duration LONGEST = Duration.ofDays(60);

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
            sum = sum.plus(Duration.of(Long.parseLong(part.group("number")), unit(part.group("unit"))));
        }
        return sum.compareTo(LONGEST) > 0 ? Optional.empty() : Optional.of(sum);
    }

    private static ChronoUnit unit(String letters) {
        return switch (letters) {
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            default -> ChronoUnit.DAYS;
        };
    }

    /// The time of `key`; `absent` if there is none.
    static long nanos(Yaml.Mapping mapping, String key, long absent) throws ProblemException {
        Yaml time = mapping.get(key);
        return time == null ? absent : nanos(time);
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
