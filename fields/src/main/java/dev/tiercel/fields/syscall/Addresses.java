package dev.tiercel.fields.syscall;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// IP addresses as text, as inet_ntop(3) writes them, and back. No name is ever looked up.
public final class Addresses {

    private static final int GROUPS = 8;

    private Addresses() {}

    /// Text of 4 or 16 bytes in network order; empty for any other length.
    public static String text(byte[] address) {
        return switch (address.length) {
            case 4 ->
                (address[0] & 255) + "." + (address[1] & 255) + "." + (address[2] & 255) + "." + (address[3] & 255);
            case 16 -> text6(address);
            default -> "";
        };
    }

    private static String text6(byte[] address) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = ((address[2 * i] & 255) << 8) | (address[2 * i + 1] & 255);
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
            i = Math.max(i, end - 1);
        }
        if (start == 0 && (length == 6 || (length == 5 && groups[5] == 0xffff))) {
            return (length == 6 ? "::" : "::ffff:") + text(Arrays.copyOfRange(address, 12, 16));
        }
        return join(groups, start, length);
    }

    private static String join(int[] groups, int start, int length) {
        StringBuilder out = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                out.append("::");
                i += length - 1;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') {
                out.append(':');
            }
            out.append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }

    /// The bytes of an address written as text; null: it is none.
    public static byte @Nullable [] parse(String text) {
        return text.indexOf(':') >= 0 ? parse6(text) : parse4(text);
    }

    private static byte @Nullable [] parse4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            int part = number(parts[i], 10, 255);
            if (part < 0) {
                return null;
            }
            address[i] = (byte) part;
        }
        return address;
    }

    private static byte @Nullable [] parse6(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] whole = groups(text);
            return whole != null && whole.length == 16 ? whole : null;
        }
        byte[] head = groups(text.substring(0, gap));
        byte[] tail = groups(text.substring(gap + 2));
        if (head == null || tail == null || head.length + tail.length > 14) {
            return null;
        }
        byte[] address = Arrays.copyOf(head, 16);
        System.arraycopy(tail, 0, address, 16 - tail.length, tail.length);
        return address;
    }

    private static byte @Nullable [] groups(String text) {
        if (text.isEmpty()) {
            return new byte[0];
        }
        String[] parts = text.split(":", -1);
        byte[] out = new byte[0];
        for (int i = 0; i < parts.length; i++) {
            if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
                byte[] last = parse4(parts[i]);
                return last == null ? null : concat(out, last);
            }
            int group = number(parts[i], 16, 0xffff);
            if (group < 0) {
                return null;
            }
            out = concat(out, new byte[] {(byte) (group >> 8), (byte) group});
        }
        return out;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] out = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, out, first.length, second.length);
        return out;
    }

    private static int number(String text, int radix, int most) {
        if (text.isEmpty() || text.length() > 4) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = Character.digit(text.charAt(i), radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value <= most ? value : -1;
    }
}
