package dev.tiercel.detector;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes compact JSON byte for byte as nlohmann::json does with `error_handler_t::replace`.
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder(512);
    private boolean first = true;

    JsonText open(char bracket) {
        out.append(bracket);
        first = true;
        return this;
    }

    JsonText close(char bracket) {
        out.append(bracket);
        first = false;
        return this;
    }

    JsonText key(String name) {
        separate();
        quote(name);
        out.append(':');
        return this;
    }

    void string(String text) {
        quote(text);
        first = false;
    }

    /// Writes a value of an output field.
    ///
    /// @throws IllegalArgumentException if it is of no type that [dev.tiercel.rules.output.OutputField] allows
    void value(@Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case String text -> quote(text);
            case Long number -> out.append(number.longValue());
            case BigInteger number -> out.append(number);
            case Boolean flag -> out.append(flag.booleanValue());
            case Double number -> number(number);
            case List<?> elements -> array(elements);
            default -> throw new IllegalArgumentException("value=%s type=%s".formatted(value, value.getClass()));
        }
        first = false;
    }

    private void array(List<?> elements) {
        open('[');
        for (Object element : elements) {
            separate();
            value(element);
        }
        close(']');
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    /// Shortest digits that read back; as decimals if the point is near, else with an exponent of at least two
    /// digits.
    private void number(double number) {
        if (!Double.isFinite(number)) {
            out.append("null");
            return;
        }
        BigDecimal shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int digits = shortest.precision();
        int point = digits - shortest.scale();
        if (number == 0) {
            out.append(1 / number < 0 ? "-0.0" : "0.0");
        } else if (point > -4 && point <= 15) {
            String plain = shortest.toPlainString();
            out.append(plain).append(plain.indexOf('.') < 0 ? ".0" : "");
        } else {
            String all = shortest.unscaledValue().abs().toString();
            out.append(number < 0 ? "-" : "").append(all.charAt(0));
            out.append(all.length() > 1 ? "." : "").append(all, 1, all.length());
            out.append("e%+03d".formatted(point - 1));
        }
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                out.append(c).append(text.charAt(++i));
            } else {
                escape(c);
            }
        }
        out.append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < 0x20) {
                    out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                } else {
                    out.append(Character.isSurrogate(c) ? '\uFFFD' : c);
                }
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
