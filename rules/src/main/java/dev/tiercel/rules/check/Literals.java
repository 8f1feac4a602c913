package dev.tiercel.rules.check;

import dev.tiercel.fields.FieldType;
import dev.tiercel.rules.ir.ByteString;
import dev.tiercel.rules.ir.BytesPredicate;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Parses the constants of conditions according to the type they are compared with.
final class Literals {

    private static final Map<String, Integer> SERVICES = Map.ofEntries(
            Map.entry("ftp-data", 20),
            Map.entry("ftp", 21),
            Map.entry("ssh", 22),
            Map.entry("telnet", 23),
            Map.entry("smtp", 25),
            Map.entry("time", 37),
            Map.entry("domain", 53),
            Map.entry("bootps", 67),
            Map.entry("bootpc", 68),
            Map.entry("tftp", 69),
            Map.entry("http", 80),
            Map.entry("kerberos", 88),
            Map.entry("pop3", 110),
            Map.entry("sunrpc", 111),
            Map.entry("ntp", 123),
            Map.entry("imap2", 143),
            Map.entry("imap", 143),
            Map.entry("snmp", 161),
            Map.entry("snmp-trap", 162),
            Map.entry("ldap", 389),
            Map.entry("https", 443),
            Map.entry("microsoft-ds", 445),
            Map.entry("submission", 587),
            Map.entry("ldaps", 636),
            Map.entry("imaps", 993),
            Map.entry("pop3s", 995),
            Map.entry("ms-sql-s", 1433),
            Map.entry("nfs", 2049),
            Map.entry("mysql", 3306),
            Map.entry("postgresql", 5432),
            Map.entry("amqp", 5672),
            Map.entry("redis", 6379),
            Map.entry("http-alt", 8080));

    private Literals() {}

    /// An integer in the range of `type`; a negative one for an unsigned type is its two's complement, as in C.
    static OptionalLong number(String text, FieldType type) {
        if (type == FieldType.PORT && SERVICES.containsKey(text)) {
            return OptionalLong.of(SERVICES.get(text));
        }
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        try {
            long value = hexadecimal
                    ? Long.parseUnsignedLong(text.substring(2), 16)
                    : text.startsWith("-") ? Long.parseLong(text) : parsePositive(text, type);
            return range(value, type);
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static long parsePositive(String text, FieldType type) {
        String digits = text.startsWith("+") ? text.substring(1) : text;
        if (digits.startsWith("-") || digits.startsWith("+")) {
            throw new NumberFormatException(text);
        }
        return type.unsigned() ? Long.parseUnsignedLong(digits) : Long.parseLong(digits);
    }

    private static OptionalLong range(long value, FieldType type) {
        int bits = bits(type);
        if (bits == Long.SIZE) {
            return OptionalLong.of(value);
        }
        if (type.unsigned()) {
            long mask = (1L << bits) - 1;
            boolean fits = value >= 0 ? value <= mask : value >= -(1L << (bits - 1));
            return fits ? OptionalLong.of(value & mask) : OptionalLong.empty();
        }
        boolean fits = value >= -(1L << (bits - 1)) && value < 1L << (bits - 1);
        return fits ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private static int bits(FieldType type) {
        return switch (type) {
            case INT8, UINT8 -> 8;
            case INT16, UINT16, PORT -> 16;
            case INT32, UINT32, FLAGS -> 32;
            default -> 64;
        };
    }

    /// A double; as in Falco it must be an integer.
    static OptionalDouble real(String text) {
        OptionalLong number = number(text, FieldType.INT32);
        return number.isPresent() ? OptionalDouble.of((int) number.getAsLong()) : OptionalDouble.empty();
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
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ByteString(HexFormat.of().parseHex(text)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// An IPv4 or IPv6 address.
    static Optional<ByteString> address(String text) {
        return ByteString.address(text);
    }

    /// `address/bits`.
    static Optional<BytesPredicate.InNetwork> network(String text) {
        int slash = text.indexOf('/');
        String bits = text.substring(slash + 1);
        if (slash < 0 || bits.isEmpty() || bits.length() > 3 || !bits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        int length = Integer.parseInt(bits);
        return address(text.substring(0, slash))
                .filter(address -> length <= address.length() * 8)
                .map(address -> new BytesPredicate.InNetwork(address, length));
    }
}
