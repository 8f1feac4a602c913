package dev.tiercel.collector.translate;

import java.nio.ByteBuffer;

/// Formats addresses as Falco prints them, in a reused buffer.
final class AddressFormatter {
    private static final byte[] DIGITS = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final int LONGEST = 128;

    private final byte[] bytes = new byte[LONGEST];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void append(char character) {
        bytes[length++] = (byte) character;
    }

    /// Appends an address: `1.2.3.4`, or IPv6 in the form of RFC 5952.
    ///
    /// @param size 4 or 16
    void address(ByteBuffer record, int offset, int size) {
        if (size == 4) {
            ipv4(record, offset);
        } else {
            ipv6(record, offset);
        }
    }

    private void ipv4(ByteBuffer record, int offset) {
        for (int i = 0; i < 4; i++) {
            if (i > 0) {
                append('.');
            }
            decimal(record.get(offset + i) & 0xff);
        }
    }

    void decimal(int value) {
        int digits = 1;
        for (int rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        int rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }

    private void ipv6(ByteBuffer record, int offset) {
        int zeroStart = -1;
        int zeroLength = 1; // a single zero group is not compressed
        for (int i = 0; i < 8; i++) {
            int run = zeroGroups(record, offset, i);
            if (run > zeroLength) {
                zeroStart = i;
                zeroLength = run;
            }
            i += Math.max(0, run - 1);
        }
        for (int i = 0; i < 8; i++) {
            if (i == zeroStart) {
                append(':');
                append(':');
                i += zeroLength - 1;
            } else {
                if (i > 0 && bytes[length - 1] != ':') {
                    append(':');
                }
                hexadecimal(group(record, offset, i));
            }
        }
    }

    /// Number of zero groups from group `from` on.
    private static int zeroGroups(ByteBuffer record, int offset, int from) {
        int end = from;
        while (end < 8 && group(record, offset, end) == 0) {
            end++;
        }
        return end - from;
    }

    private static int group(ByteBuffer record, int offset, int index) {
        return (record.get(offset + 2 * index) & 0xff) << 8 | (record.get(offset + 2 * index + 1) & 0xff);
    }

    private void hexadecimal(int value) {
        boolean started = false;
        for (int shift = 12; shift >= 0; shift -= 4) {
            int digit = value >> shift & 0xf;
            if (digit != 0 || started || shift == 0) {
                bytes[length++] = DIGITS[digit];
                started = true;
            }
        }
    }
}
