package dev.tiercel.fields.syscall;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A cache of recent addresses, so that a repeated one costs no allocation. Fixed size; a new address replaces the
/// one with the same hash. Not thread-safe.
final class KnownAddresses {

    private static final int ENTRIES = 512;

    private final @Nullable Address[] known = new Address[ENTRIES];

    /// An address and its text.
    static final class Address {
        static final Address NONE = new Address(new byte[0]);
        static final Address ANY4 = new Address(new byte[4]);
        static final Address ANY6 = new Address(new byte[16]);

        private final byte[] bytes;
        private @Nullable String text;

        private Address(byte[] bytes) {
            this.bytes = bytes;
        }

        /// In network order, empty: none. Not a copy: do not change it.
        byte[] bytes() {
            return bytes;
        }

        boolean isNone() {
            return bytes.length == 0;
        }

        String text() {
            String made = text;
            if (made == null) {
                made = Addresses.text(bytes);
                text = made;
            }
            return made;
        }
    }

    /// The cached address.
    Address of(byte[] record, int offset, int length) {
        int hash = length;
        for (int i = offset; i < offset + length; i++) {
            hash = hash * 31 + record[i];
        }
        int at = (hash ^ (hash >>> 9)) & (ENTRIES - 1);
        Address address = known[at];
        if (address == null
                || !Arrays.equals(address.bytes, 0, address.bytes.length, record, offset, offset + length)) {
            address = new Address(Arrays.copyOfRange(record, offset, offset + length));
            known[at] = address;
        }
        return address;
    }
}
