package dev.tiercel.rules;

import dev.tiercel.rules.field.Row;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The event under evaluation, and what is already known about it and its process. One thread only.
///
/// Predicates that occur more than once are numbered. An event predicate's result is kept until the next event. A
/// process predicate's
/// result is kept with the process token in a small direct-mapped table, since events of one process come in bunches.
final class Evaluation {

    private static final int PROCESSES = 256;

    @Nullable
    Row row;

    /// Per event predicate: twice the epoch in which it was evaluated, plus its result.
    private final long[] eventResults;

    /// Per process of the table and word of process predicates: a word of "known" bits, then a word of results.
    private final long[] processResults;

    private final long[] processTokens = new long[PROCESSES];
    private final int processWords;
    private long epoch;
    /// Where the present process's words begin; -1: it must not be remembered.
    private int processBase = -1;

    Evaluation(int eventPredicates, int processPredicates) {
        eventResults = new long[eventPredicates];
        processWords = 2 * ((processPredicates + 63) >> 6);
        processResults = new long[PROCESSES * processWords];
        Arrays.fill(processTokens, -1);
    }

    /// Turns to the row's present event.
    void next(Row next) {
        row = next;
        epoch += 2;
        long token = next.processToken();
        if (token < 0) {
            processBase = -1;
            return;
        }
        int at = (int) (token ^ token >>> 32) & PROCESSES - 1;
        processBase = at * processWords;
        if (processTokens[at] != token) {
            processTokens[at] = token;
            Arrays.fill(processResults, processBase, processBase + processWords, 0);
        }
    }

    Row row() {
        Row present = row;
        if (present == null) {
            throw new IllegalStateException("no event");
        }
        return present;
    }

    boolean eventPredicate(int number, Condition condition) {
        long known = eventResults[number];
        if ((known & ~1L) == epoch) {
            return (known & 1) != 0;
        }
        boolean result = condition.holds(this);
        eventResults[number] = epoch | (result ? 1 : 0);
        return result;
    }

    boolean processPredicate(int number, Condition condition) {
        if (processBase < 0) {
            return condition.holds(this);
        }
        int word = processBase + (number >> 6 << 1);
        long bit = 1L << number;
        if ((processResults[word] & bit) != 0) {
            return (processResults[word + 1] & bit) != 0;
        }
        boolean result = condition.holds(this);
        processResults[word] |= bit;
        if (result) {
            processResults[word + 1] |= bit;
        }
        return result;
    }
}
