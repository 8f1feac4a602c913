package dev.tiercel.rules.check;

import dev.tiercel.fields.FieldType;
import dev.tiercel.rules.ir.ByteString;
import dev.tiercel.rules.ir.BytesPredicate;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Parses the constants of conditions according to the type they are compared with, as Falco does: decimal numbers are
/// read as by sscanf(3) and cut to the size of their type, whatever their size.
final class Literals {

    /// What sscanf takes for `%d`, up to the end of the text.
    private static final Pattern DECIMAL = Pattern.compile("[ \\t\\n\\x0B\\f\\r]*([+-]?)([0-9]+)");

    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(Long.SIZE);
    private static final BigInteger LEAST = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private Literals() {}

    /// A decimal number as a value of `type`: beyond 64 bits the nearest, then the lowest bits that `type` has.
    static OptionalLong number(String text, FieldType type) {
        if (type == FieldType.PORT) {
            return port(text);
        }
        Matcher matcher = DECIMAL.matcher(text);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        BigInteger magnitude = new BigInteger(matcher.group(2));
        BigInteger value = matcher.group(1).equals("-") ? magnitude.negate() : magnitude;
        boolean beyond = type.unsigned() && magnitude.compareTo(UNSIGNED_END) >= 0;
        return OptionalLong.of(cut(
                beyond
                        ? -1
                        : type.unsigned()
                                ? value.longValue()
                                : MOST.min(LEAST.max(value)).longValue(),
                type));
    }

    private static long cut(long value, FieldType type) {
        return switch (type) {
            case INT8 -> (byte) value;
            case INT16 -> (short) value;
            case INT32 -> (int) value;
            case UINT8 -> value & 0xffL;
            case UINT16 -> value & 0xffffL;
            case UINT32, FLAGS -> value & 0xffff_ffffL;
            default -> value;
        };
    }

    /// Digits, of which 16 bits count, or the name of a service; nothing is 0.
    private static OptionalLong port(String text) {
        if (text.isEmpty()) {
            return OptionalLong.of(0);
        }
        if (DIGITS.matcher(text).matches()) {
            BigInteger value = new BigInteger(text);
            return value.bitLength() < Integer.SIZE
                    ? OptionalLong.of(value.longValue() & 0xffff)
                    : OptionalLong.empty();
        }
        Integer port = Services.port(text);
        return port == null ? OptionalLong.empty() : OptionalLong.of(port);
    }

    /// `true` or `false`.
    static Optional<Boolean> bool(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /// Hexadecimal bytes, two digits each.
    static Optional<ByteString> hexadecimal(String text) {
        try {
            return Optional.of(new ByteString(HexFormat.of().parseHex(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// An IPv4 or IPv6 address, not one within the other: what has a dot is IPv4.
    static Optional<ByteString> address(String text) {
        return text.indexOf('.') >= 0 && text.indexOf(':') >= 0 ? Optional.empty() : ByteString.address(text);
    }

    /// `address/bits`, of which bits is a number of 8 bits; of IPv6 it is not 0.
    static Optional<BytesPredicate.InNetwork> network(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String bits = text.substring(slash + 1).lines().findFirst().orElse("");
        Optional<ByteString> address = address(text.substring(0, slash));
        OptionalLong length = number(bits, FieldType.UINT8);
        if (address.isEmpty() || length.isEmpty()) {
            return Optional.empty();
        }
        int family = address.get().length() * Byte.SIZE;
        int prefix = (int) length.getAsLong();
        boolean valid = prefix <= family && (prefix > 0 || family == Integer.SIZE);
        return valid ? Optional.of(new BytesPredicate.InNetwork(address.get(), prefix)) : Optional.empty();
    }
}
