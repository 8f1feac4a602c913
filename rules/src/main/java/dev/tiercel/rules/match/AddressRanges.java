package dev.tiercel.rules.match;

import dev.tiercel.rules.ir.BytesPredicate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Many networks as sorted ranges of addresses, which do not overlap: a look-up is a binary search, and allocates
/// nothing. Addresses of 4 and of 16 bytes are apart.
final class AddressRanges {
    private static final int IPV4_BYTES = 4;

    private final Family four;
    private final Family sixteen;

    private AddressRanges(Collection<BytesPredicate.InNetwork> networks) {
        four = new Family(networks.stream()
                .filter(network -> network.network().length() == IPV4_BYTES)
                .toList());
        sixteen = new Family(networks.stream()
                .filter(network -> network.network().length() != IPV4_BYTES)
                .toList());
    }

    static AddressRanges of(Collection<BytesPredicate.InNetwork> networks) {
        return new AddressRanges(networks);
    }

    /// Whether an address of 4 or 16 bytes is in one of the networks.
    boolean contains(byte[] address) {
        return (address.length == IPV4_BYTES ? four : sixteen).contains(address);
    }

    private static final class Family {
        private final byte[][] firsts;
        private final byte[][] lasts;

        Family(List<BytesPredicate.InNetwork> networks) {
            List<byte[][]> ranges = new ArrayList<>();
            networks.stream()
                    .map(Family::range)
                    .sorted(Comparator.comparing(range -> range[0], Arrays::compareUnsigned))
                    .forEach(range -> append(ranges, range));
            firsts = ranges.stream().map(range -> range[0]).toArray(byte[][]::new);
            lasts = ranges.stream().map(range -> range[1]).toArray(byte[][]::new);
        }

        /// The first and the last address.
        private static byte[][] range(BytesPredicate.InNetwork network) {
            byte[] first = network.network().value().clone();
            byte[] last = first.clone();
            for (int bit = network.bits(); bit < first.length * Byte.SIZE; bit++) {
                int mask = 0x80 >> (bit & 7);
                first[bit >> 3] &= (byte) ~mask;
                last[bit >> 3] |= (byte) mask;
            }
            return new byte[][] {first, last};
        }

        /// A network lies within the one before, or behind it.
        private static void append(List<byte[][]> ranges, byte[][] range) {
            boolean within = !ranges.isEmpty() && Arrays.compareUnsigned(range[0], ranges.getLast()[1]) <= 0;
            if (!within) {
                ranges.add(range);
            } else if (Arrays.compareUnsigned(range[1], ranges.getLast()[1]) > 0) {
                ranges.getLast()[1] = range[1];
            }
        }

        boolean contains(byte[] address) {
            int low = 0;
            int high = firsts.length - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                if (Arrays.compareUnsigned(address, firsts[middle]) < 0) {
                    high = middle - 1;
                } else if (Arrays.compareUnsigned(address, lasts[middle]) > 0) {
                    low = middle + 1;
                } else {
                    return true;
                }
            }
            return false;
        }
    }
}
