package dev.tiercel.rules;

import java.util.Arrays;
import java.util.HexFormat;

/// A constant run of bytes.
///
/// @param value not changed by anyone
record Bytes(byte[] value) {

    int length() {
        return value.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "0x" + HexFormat.of().formatHex(value);
    }
}
