package dev.tiercel.rules.engine;

import dev.tiercel.fields.Row;
import dev.tiercel.rules.match.TextMatches;
import dev.tiercel.rules.match.TextTable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The event under evaluation, with the results already computed for it and its process. Not thread-safe.
///
/// Predicates that occur more than once are numbered. An event predicate's result is cached until the next event. A
/// process predicate's result is cached under the process token in a direct-mapped table, through all batches that have
/// the process. The predicates of a [TextTable] are all evaluated when the first of them is needed.
final class Evaluation {

    private static final int PROCESSES = 512;

    @Nullable
    Row row;

    /// Per event predicate: twice the epoch in which it was evaluated, plus its result.
    private final long[] eventResults;

    /// Per process of the table and word of process predicates: a word of "known" bits, then a word of results. The
    /// last entry is for events whose process must not be cached.
    private final long[] processResults;

    private final long[] processTokens = new long[PROCESSES];
    private final int processWords;
    private final TextMatches[] matched;
    private long epoch;
    /// Index of the current process's first word.
    private int processBase;

    Evaluation(int eventPredicates, int processPredicates, List<TextTable> tables) {
        eventResults = new long[eventPredicates];
        processWords = 2 * ((processPredicates + 63) >> 6);
        processResults = new long[(PROCESSES + 1) * processWords];
        Arrays.fill(processTokens, -1);
        matched = tables.stream().map(table -> new TextMatches(table.size())).toArray(TextMatches[]::new);
    }

    /// Moves to the row's current event.
    void next(Row next) {
        row = next;
        epoch += 2;
        long token = next.processToken();
        int at = token < 0 ? PROCESSES : (int) (token ^ (token >>> 32)) & (PROCESSES - 1);
        processBase = at * processWords;
        if (token < 0) {
            forgetProcess();
        } else if (processTokens[at] != token) {
            processTokens[at] = token;
            forgetProcess();
        }
    }

    private void forgetProcess() {
        for (int i = processBase; i < processBase + processWords; i += 2) {
            processResults[i] = 0;
        }
    }

    Row row() {
        Row present = row;
        if (present == null) {
            throw new IllegalStateException("no event");
        }
        return present;
    }

    /// Cached result of an event predicate: 0 or 1; -1: none.
    int eventResult(int number) {
        long known = eventResults[number];
        return (known & ~1L) == epoch ? (int) (known & 1) : -1;
    }

    /// Caches and returns the result of an event predicate.
    boolean keepForEvent(boolean result, int number) {
        eventResults[number] = epoch | (result ? 1 : 0);
        return result;
    }

    /// Cached result of a process predicate: 0 or 1; -1: none.
    int processResult(int number) {
        int word = processBase + ((number >> 6) << 1);
        if (((processResults[word] >>> number) & 1) == 0) {
            return -1;
        }
        return (int) ((processResults[word + 1] >>> number) & 1);
    }

    /// Caches and returns the result of a process predicate.
    boolean keepForProcess(boolean result, int number) {
        int word = processBase + ((number >> 6) << 1);
        long bit = 1L << number;
        processResults[word] |= bit;
        processResults[word + 1] = result ? (processResults[word + 1] | bit) : (processResults[word + 1] & ~bit);
        return result;
    }

    /// Whether the table's field satisfies predicate number `predicate` of the table.
    boolean satisfies(TextTable table, int predicate) {
        if (!table.ofProcess()) {
            return matched(table).contains(predicate);
        }
        int known = processResult(table.firstPredicate() + predicate);
        if (known >= 0) {
            return known == 1;
        }
        matchForProcess(table);
        return processResult(table.firstPredicate() + predicate) == 1;
    }

    /// The predicates of an event table that hold.
    TextMatches matched(TextTable table) {
        TextMatches found = matched[table.number()];
        if (!found.isOf(epoch)) {
            match(table, found);
        }
        return found;
    }

    private void match(TextTable table, TextMatches found) {
        String value = row().text(table.operand().slot());
        found.begin(epoch);
        if (value != null) {
            table.match(value, found);
        }
    }

    /// One word of the predicates of a process table that hold.
    long processMatches(TextTable table, int word) {
        int at = processBase + ((table.firstPredicate() >> 6) << 1);
        if (processResults[at] == 0) {
            matchForProcess(table);
        }
        return processResults[at + 2 * word + 1];
    }

    private void matchForProcess(TextTable table) {
        TextMatches found = matched[table.number()];
        match(table, found);
        int first = processBase + ((table.firstPredicate() >> 6) << 1);
        int words = (table.size() + 63) >> 6;
        for (int word = 0; word < words; word++) {
            processResults[first + 2 * word] = -1;
            processResults[first + 2 * word + 1] = 0;
        }
        for (int i = 0; i < found.count(); i++) {
            int predicate = found.predicate(i);
            processResults[first + ((predicate >> 6) << 1) + 1] |= 1L << predicate;
        }
    }
}
