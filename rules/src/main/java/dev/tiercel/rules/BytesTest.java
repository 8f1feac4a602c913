package dev.tiercel.rules;

import java.util.Set;

/// A test of a run of bytes.
sealed interface BytesTest {

    /// One of these.
    record In(Set<Bytes> values) implements BytesTest {
        public In {
            values = Set.copyOf(values);
        }
    }

    /// Contains this.
    record Contains(Bytes part) implements BytesTest {}

    /// Starts with this.
    record StartsWith(Bytes prefix) implements BytesTest {}

    /// Ends with this.
    record EndsWith(Bytes suffix) implements BytesTest {}

    /// An address of the same family whose first bits are these.
    record InNetwork(Bytes network, int bits) implements BytesTest {}
}
