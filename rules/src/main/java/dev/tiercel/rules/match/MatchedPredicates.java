package dev.tiercel.rules.match;

/// Which predicates of a [TextTable] the present value satisfies.
public final class MatchedPredicates {

    private final long[] stamps;
    private final int[] predicates;
    private int count;
    private long epoch = -1;

    /// @param size predicates of the table
    public MatchedPredicates(int size) {
        stamps = new long[size];
        predicates = new int[size];
        java.util.Arrays.fill(stamps, -1);
    }

    /// Whether it was begun in this epoch.
    public boolean isOf(long present) {
        return epoch == present;
    }

    /// Forgets all; epochs never come again.
    public void begin(long present) {
        epoch = present;
        count = 0;
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
