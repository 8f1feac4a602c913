package dev.tiercel.rules.match;

import dev.tiercel.rules.ir.ByteString;
import dev.tiercel.rules.ir.BytesPredicate;
import java.util.Arrays;

/// Compiles predicates of bytes.
public final class BytesPredicates {

    /// A compiled predicate.
    public interface Compiled {
        boolean test(byte[] value);
    }

    private BytesPredicates() {}

    public static Compiled compile(BytesPredicate predicate) {
        return switch (predicate) {
            case BytesPredicate.In in -> in(in);
            case BytesPredicate.Contains(ByteString part) -> value -> contains(value, part.value());
            case BytesPredicate.StartsWith(ByteString prefix) -> value -> startsWith(value, prefix.value());
            case BytesPredicate.EndsWith(ByteString suffix) -> value -> endsWith(value, suffix.value());
            case BytesPredicate.InNetwork(ByteString network, int bits) ->
                value -> inNetwork(value, network.value(), bits);
            case BytesPredicate.InAnyNetwork(var networks) -> AddressRanges.of(networks)::contains;
        };
    }

    private static Compiled in(BytesPredicate.In in) {
        byte[][] values = in.values().stream().map(ByteString::value).toArray(byte[][]::new);
        return value -> {
            for (byte[] candidate : values) {
                if (Arrays.equals(candidate, value)) {
                    return true;
                }
            }
            return false;
        };
    }

    public static boolean contains(byte[] value, byte[] part) {
        for (int start = 0; start <= value.length - part.length; start++) {
            if (matchesAt(value, start, part)) {
                return true;
            }
        }
        return false;
    }

    public static boolean startsWith(byte[] value, byte[] prefix) {
        return matchesAt(value, 0, prefix);
    }

    public static boolean endsWith(byte[] value, byte[] suffix) {
        return matchesAt(value, value.length - suffix.length, suffix);
    }

    private static boolean matchesAt(byte[] value, int start, byte[] part) {
        return start >= 0
                && start + part.length <= value.length
                && Arrays.equals(value, start, start + part.length, part, 0, part.length);
    }

    private static boolean inNetwork(byte[] address, byte[] network, int bits) {
        if (address.length != network.length) {
            return false;
        }
        int whole = bits >> 3;
        int rest = bits & 7;
        if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
            return false;
        }
        int mask = 0xff00 >> rest & 0xff;
        return rest == 0 || (address[whole] & mask) == (network[whole] & mask);
    }
}
