package dev.tiercel.rules.ir;

import java.util.Arrays;
import java.util.Optional;

/// Parses textual IP addresses, without name lookups.
final class AddressText {

    private AddressText() {}

    /// Dotted-quad IPv4; no number begins with a 0 that it does not need.
    static Optional<ByteString> version4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] bytes = new byte[4];
        for (int i = 0; i < 4; i++) {
            int value = number(parts[i], 10, 3);
            boolean padded = parts[i].length() > 1 && parts[i].charAt(0) == '0';
            if (value < 0 || value > 255 || padded) {
                return Optional.empty();
            }
            bytes[i] = (byte) value;
        }
        return Optional.of(new ByteString(bytes));
    }

    /// Eight groups of hexadecimal digits, of which one run of zeros may be `::`, and the last two may be an IPv4
    /// address.
    static Optional<ByteString> version6(String text) {
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return Optional.empty();
        }
        Optional<byte[]> head = groups(gap < 0 ? text : text.substring(0, gap));
        Optional<byte[]> tail = groups(gap < 0 ? "" : text.substring(gap + 2));
        if (head.isEmpty() || tail.isEmpty()) {
            return Optional.empty();
        }
        int given = head.get().length + tail.get().length;
        if (gap < 0 ? given != 16 : given > 14) {
            return Optional.empty();
        }
        byte[] bytes = Arrays.copyOf(head.get(), 16);
        System.arraycopy(tail.get(), 0, bytes, 16 - tail.get().length, tail.get().length);
        return Optional.of(new ByteString(bytes));
    }

    private static Optional<byte[]> groups(String text) {
        if (text.isEmpty()) {
            return Optional.of(new byte[0]);
        }
        String[] parts = text.split(":", -1);
        byte[] bytes = new byte[0];
        for (int i = 0; i < parts.length; i++) {
            byte[] part;
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                Optional<ByteString> embedded = version4(parts[i]);
                if (embedded.isEmpty()) {
                    return Optional.empty();
                }
                part = embedded.get().value();
            } else {
                int value = number(parts[i], 16, 4);
                if (value < 0) {
                    return Optional.empty();
                }
                part = new byte[] {(byte) (value >> 8), (byte) value};
            }
            if (bytes.length + part.length > 16) {
                return Optional.empty();
            }
            int end = bytes.length;
            bytes = Arrays.copyOf(bytes, end + part.length);
            System.arraycopy(part, 0, bytes, end, part.length);
        }
        return Optional.of(bytes);
    }

    private static int number(String digits, int radix, int most) {
        if (digits.isEmpty() || digits.length() > most) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value;
    }
}
