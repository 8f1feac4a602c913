package dev.tiercel.rules.ir;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// A constant run of bytes.
public final class ByteString {

    private final byte[] value;

    /// @param value not changed by anyone from now on
    public ByteString(byte[] value) {
        this.value = value;
    }

    /// The IPv4 or IPv6 address that `text` is; empty: it is none.
    public static Optional<ByteString> address(String text) {
        return text.indexOf(':') >= 0 ? AddressText.version6(text) : AddressText.version4(text);
    }

    /// The bytes themselves, not to be changed.
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
