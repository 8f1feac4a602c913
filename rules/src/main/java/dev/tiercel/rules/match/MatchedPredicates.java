package dev.tiercel.rules.match;

/// Which tests of a [TextTable] the present value satisfies.
public final class MatchedPredicates {

    private final long[] stamps;
    private final int[] tests;
    private int count;
    private long epoch = -1;

    /// @param size tests of the table
    public MatchedPredicates(int size) {
        stamps = new long[size];
        tests = new int[size];
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
        for (int test : satisfied) {
            add(test);
        }
    }

    void add(int test) {
        if (stamps[test] != epoch) {
            stamps[test] = epoch;
            tests[count++] = test;
        }
    }

    public boolean contains(int test) {
        return stamps[test] == epoch;
    }

    public int count() {
        return count;
    }

    /// Test number `index` of those satisfied, in no particular order.
    public int test(int index) {
        return tests[index];
    }
}
