package dev.tiercel.rules.match;

import java.util.Set;

/// A set of strings with fast negative lookups: most end at the length or the first character.
final class StringSet {

    private final String[] table;
    private final int mask;
    /// A bit for every length that occurs; bit 63: that length or longer.
    private final long lengths;
    /// A bit for every first character that occurs, modulo 64.
    private final long firsts;

    StringSet(Set<String> values) {
        int capacity = Integer.highestOneBit(Math.max(2, values.size() * 4 - 1)) * 2;
        table = new String[capacity];
        mask = capacity - 1;
        long lengthBits = 0;
        long firstBits = 0;
        for (String value : values) {
            lengthBits |= 1L << Math.min(value.length(), 63);
            firstBits |= value.isEmpty() ? -1L : 1L << value.charAt(0);
            int at = spread(value.hashCode()) & mask;
            while (table[at] != null) {
                at = (at + 1) & mask;
            }
            table[at] = value;
        }
        lengths = lengthBits;
        firsts = firstBits;
    }

    boolean contains(String value) {
        int length = value.length();
        if ((lengths >>> Math.min(length, 63) & 1) == 0) {
            return false;
        }
        if (length > 0 && (firsts >>> value.charAt(0) & 1) == 0) {
            return false;
        }
        int at = spread(value.hashCode()) & mask;
        for (String candidate = table[at]; candidate != null; candidate = table[at]) {
            if (candidate.equals(value)) {
                return true;
            }
            at = (at + 1) & mask;
        }
        return false;
    }

    private static int spread(int hash) {
        return hash ^ hash >>> 16;
    }
}
