package dev.tiercel.rules.ir;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// An immutable byte string.
public final class ByteString {

    private final byte[] value;

    /// @param value not copied; must not be modified afterwards
    public ByteString(byte[] value) {
        this.value = value;
    }

    /// Parses an IPv4 or IPv6 address; empty: not an address.
    public static Optional<ByteString> address(String text) {
        return text.indexOf(':') >= 0 ? AddressText.version6(text) : AddressText.version4(text);
    }

    /// The bytes, not copied; do not modify.
    public byte[] value() {
        return value;
    }

    public int length() {
        return value.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ByteString bytes && Arrays.equals(value, bytes.value);
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
