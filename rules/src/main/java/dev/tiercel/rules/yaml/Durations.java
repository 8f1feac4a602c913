package dev.tiercel.rules.yaml;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.ProblemException;
import java.time.Duration;

/// Reads spans of time: `30s`, `10m`, `24h`, `7d`.
final class Durations {

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,8})([smhd])");

    private Durations() {}

    /// The value of `key`, at least a second and at most [Limits#TIMESPAN].
    static Duration read(MappingReader reader, String key) throws ProblemException {
        Yaml.Scalar scalar = reader.scalar(key);
        Matcher text = TEXT.matcher(scalar.value());
        if (!text.matches()) {
            throw MappingReader.invalid(
                    "'" + key + "' must be a whole number of seconds, minutes, hours or days, such as 30s, 10m, 24h or"
                            + " 7d",
                    scalar.position());
        }
        Duration duration = of(Long.parseLong(text.group(1)), text.group(2).charAt(0));
        if (duration.compareTo(Limits.TIMESPAN) > 0) {
            throw MappingReader.invalid(
                    "'" + key + "' is longer than " + Limits.TIMESPAN.toDays() + " days", scalar.position());
        }
        return duration;
    }

    private static Duration of(long count, char unit) {
        return switch (unit) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
