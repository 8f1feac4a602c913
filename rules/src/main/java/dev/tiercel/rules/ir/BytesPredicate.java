package dev.tiercel.rules.ir;

import java.util.Set;

/// A predicate of a byte string.
public sealed interface BytesPredicate {

    /// One of these.
    record In(Set<ByteString> values) implements BytesPredicate {
        public In {
            values = Set.copyOf(values);
        }
    }

    /// Contains this.
    record Contains(ByteString part) implements BytesPredicate {}

    /// Starts with this.
    record StartsWith(ByteString prefix) implements BytesPredicate {}

    /// Ends with this.
    record EndsWith(ByteString suffix) implements BytesPredicate {}

    /// An address of the same family whose first bits are these.
    record InNetwork(ByteString network, int bits) implements BytesPredicate {}

    /// An address in one of these networks, of which there may be many.
    record InAnyNetwork(Set<InNetwork> networks) implements BytesPredicate {
        public InAnyNetwork {
            networks = Set.copyOf(networks);
        }
    }
}
