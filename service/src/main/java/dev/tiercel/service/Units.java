package dev.tiercel.service;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations and sizes as written in settings and other files of users.
public final class Units {
    private static final Pattern AMOUNT = Pattern.compile("(\\d+)\\s*([A-Za-z]*)");

    private Units() {}

    /// A span of time: `250ms`, `5s`, `10m`, `2h`, `7d`.
    ///
    /// @throws IllegalArgumentException if `text` is not a number followed by ms, s, m, h or d
    public static Duration duration(String text) {
        Matcher matcher = match(text, "a number and ms, s, m, h or d, like 250ms");
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> throw new IllegalArgumentException("must be a number and ms, s, m, h or d, like 250ms");
        };
    }

    /// A size in bytes: `4096`, `64KiB`, `8MiB`, `1GiB`.
    ///
    /// @throws IllegalArgumentException if `text` is not a number, alone or followed by B, KiB, MiB or GiB
    public static long sizeBytes(String text) {
        Matcher matcher = match(text, "a number of bytes, or a number and KiB, MiB or GiB");
        long number = Long.parseLong(matcher.group(1));
        int shift = switch (matcher.group(2)) {
            case "", "B" -> 0;
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> throw new IllegalArgumentException("must be a number of bytes, or a number and KiB, MiB or GiB");
        };
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("is too large");
        }
        return number << shift;
    }

    /// In the largest unit that has no remainder; less than a millisecond is left out.
    public static String print(Duration duration) {
        long millis = duration.toMillis();
        if (millis == 0 || millis % 1000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    static String print(long bytes) {
        String[] units = {"GiB", "MiB", "KiB"};
        for (int i = 0; i < units.length; i++) {
            long unit = 1L << (30 - 10 * i);
            if (bytes != 0 && bytes % unit == 0) {
                return bytes / unit + units[i];
            }
        }
        return Long.toString(bytes);
    }

    private static Matcher match(String text, String expected) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches() || matcher.group(1).length() > 18) {
            throw new IllegalArgumentException("must be " + expected);
        }
        return matcher;
    }
}
