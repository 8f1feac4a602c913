package dev.tiercel.rules.match;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Maps strings to the predicates to report. Negative lookups are fast: most end at the length or the first
/// character.
final class StringTable {

    private final @Nullable String[] keys;
    private final int[][] reports;
    private final int mask;
    /// A bit for every length that occurs; bit 63: that length or longer.
    private final long lengths;
    /// A bit for every first character that occurs, modulo 64.
    private final long firsts;

    StringTable(Map<String, int[]> values) {
        int capacity = Integer.highestOneBit(Math.max(2, values.size() * 4 - 1)) * 2;
        keys = new String[capacity];
        reports = new int[capacity][];
        mask = capacity - 1;
        long lengthBits = 0;
        long firstBits = 0;
        for (Map.Entry<String, int[]> entry : values.entrySet()) {
            String value = entry.getKey();
            lengthBits |= 1L << Math.min(value.length(), 63);
            firstBits |= value.isEmpty() ? -1L : 1L << value.charAt(0);
            int at = spread(value.hashCode()) & mask;
            while (keys[at] != null) {
                at = (at + 1) & mask;
            }
            keys[at] = value;
            reports[at] = entry.getValue();
        }
        lengths = lengthBits;
        firsts = firstBits;
    }

    /// Reports the predicates of `value`, if any.
    void find(String value, TextMatches matched) {
        int found = indexOf(value);
        if (found >= 0) {
            matched.add(reports[found]);
        }
    }

    /// Whether `value` is a key.
    boolean contains(String value) {
        return indexOf(value) >= 0;
    }

    private int indexOf(String value) {
        int length = value.length();
        if (((lengths >>> Math.min(length, 63)) & 1) == 0) {
            return -1;
        }
        if (length > 0 && ((firsts >>> value.charAt(0)) & 1) == 0) {
            return -1;
        }
        int at = spread(value.hashCode()) & mask;
        for (String candidate = keys[at]; candidate != null; candidate = keys[at]) {
            if (candidate.equals(value)) {
                return at;
            }
            at = (at + 1) & mask;
        }
        return -1;
    }

    private static int spread(int hash) {
        return hash ^ (hash >>> 16);
    }
}
