package dev.tiercel.fields.syscall;

import java.util.Locale;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Texts of numbers; those of numbers that come again and again are made once. Thread-safe.
final class NumberTexts {
    private static final int CACHE_SIZE = 1_024;

    private static final NumberTexts DECIMAL = new NumberTexts(Long::toString);
    private static final NumberTexts OCTAL =
            new NumberTexts(value -> value == 0 ? "0" : "0" + Long.toOctalString(value));
    private static final NumberTexts HEXADECIMAL =
            new NumberTexts(value -> Long.toHexString(value).toUpperCase(Locale.ROOT));

    private record Rendered(long number, String text) {}

    private final LongFunction<String> render;
    /// The last rendered number for each hash. A race can lose an entry but not mix two: Rendered is immutable.
    private final @Nullable Rendered[] cache = new Rendered[CACHE_SIZE];

    private NumberTexts(LongFunction<String> render) {
        this.render = render;
    }

    static String decimal(long value) {
        return DECIMAL.text(value);
    }

    /// With a leading zero, as in C.
    static String octal(long value) {
        return OCTAL.text(value);
    }

    /// In capitals, without a prefix.
    static String hexadecimal(long value) {
        return HEXADECIMAL.text(value);
    }

    private String text(long value) {
        int at = Long.hashCode(value * 0x9E3779B97F4A7C15L) >>> 22;
        Rendered known = cache[at];
        if (known == null || known.number != value) {
            known = new Rendered(value, render.apply(value));
            cache[at] = known;
        }
        return known.text;
    }
}
