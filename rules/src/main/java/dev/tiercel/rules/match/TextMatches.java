package dev.tiercel.rules.match;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The predicates of a [TextTable] that the current value satisfies, and those of recent values: the texts of events
/// come again and again, and finding one costs less than to evaluate the table.
///
/// A direct-mapped table, which grows (and forgets) when one text displaces another, up to [#MOST] texts: 190 KiB, and
/// the texts, which the caller usually holds anyway. Longer texts, and those that satisfy more predicates than fit, are
/// evaluated each time. Not thread-safe.
public final class TextMatches {

    private static final int FIRST = 256;
    private static final int MOST = 8192;
    private static final int LONGEST = 256;
    private static final int MIX = 0x9E3779B9;

    /// Per value: how many predicates it satisfies, then which.
    private static final int PLACES = 8;

    private final long[] stamps;
    private final int[] predicates;
    private int count;
    private long epoch = -1;
    private final boolean remembers;
    private @Nullable String[] values = {};
    /// Of the values, so that another text is not touched.
    private int[] hashes = {};
    private short[] known = {};

    /// @param size predicates of the table
    public TextMatches(int size) {
        stamps = new long[size];
        predicates = new int[size];
        remembers = size <= Short.MAX_VALUE;
        Arrays.fill(stamps, -1);
    }

    /// Whether it is of this epoch.
    public boolean isOf(long present) {
        return epoch == present;
    }

    /// Clears it for a new epoch; epochs never repeat.
    public void begin(long present) {
        epoch = present;
        count = 0;
    }

    /// Adds what `value` satisfied last time; false: not known.
    boolean recall(String value) {
        if (values.length == 0) {
            return false;
        }
        int hash = value.hashCode();
        int place = place(hash);
        if (hashes[place] != hash || !value.equals(values[place])) {
            return false;
        }
        int at = place * PLACES;
        for (int left = known[at]; left > 0; left--) {
            add(known[at + left]);
        }
        return true;
    }

    /// Keeps what was added since [#begin] as what `value` satisfies.
    void remember(String value) {
        if (!remembers || count >= PLACES || value.length() > LONGEST) {
            return;
        }
        int hash = value.hashCode();
        if (values.length == 0) {
            resize(FIRST);
        } else if (values[place(hash)] != null && values.length < MOST) {
            resize(values.length * 2);
        }
        int place = place(hash);
        values[place] = value;
        hashes[place] = hash;
        int at = place * PLACES;
        known[at] = (short) count;
        for (int i = 0; i < count; i++) {
            known[at + 1 + i] = (short) predicates[i];
        }
    }

    private void resize(int size) {
        values = new String[size];
        hashes = new int[size];
        known = new short[size * PLACES];
    }

    private int place(int hash) {
        int mixed = hash * MIX;
        return (mixed ^ (mixed >>> Short.SIZE)) & (values.length - 1);
    }

    void add(int[] satisfied) {
        for (int predicate : satisfied) {
            add(predicate);
        }
    }

    void add(int predicate) {
        if (stamps[predicate] != epoch) {
            stamps[predicate] = epoch;
            predicates[count++] = predicate;
        }
    }

    public boolean contains(int predicate) {
        return stamps[predicate] == epoch;
    }

    public int count() {
        return count;
    }

    /// Predicate number `index` of those satisfied, in no particular order.
    public int predicate(int index) {
        return predicates[index];
    }
}
