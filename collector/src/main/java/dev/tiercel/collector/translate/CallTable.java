package dev.tiercel.collector.translate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The system calls of one architecture by number, from `calls.tsv`.
final class CallTable {
    private static final int LIMIT = 1024;
    private static final int COLUMNS = 7;

    private final @Nullable Call[] byNumber = new Call[LIMIT];
    private final Map<String, Integer> numbers = new HashMap<>();

    private CallTable() {}

    /// The calls of the architecture on which this JVM runs.
    static CallTable ofThisMachine() {
        return of(System.getProperty("os.arch", "amd64"));
    }

    /// @param architecture as Java names it: amd64 or aarch64
    static CallTable of(String architecture) {
        int column = architecture.equals("aarch64") ? 2 : 1;
        CallTable table = new CallTable();
        try (InputStream in = Objects.requireNonNull(CallTable.class.getResourceAsStream("calls.tsv"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> table.add(line, column));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read calls.tsv", e);
        }
        return table;
    }

    /// The call with this number; null: not in the table.
    @Nullable
    Call get(int number) {
        return number >= 0 && number < LIMIT ? byNumber[number] : null;
    }

    /// Numbers by name of the calls that the architecture has.
    Map<String, Integer> numbers() {
        return Collections.unmodifiableMap(numbers);
    }

    private void add(String line, int column) {
        String[] fields = line.split("\t", -1);
        if (fields.length != COLUMNS) {
            throw new IllegalArgumentException("calls.tsv: " + fields.length + " columns in: " + line);
        }
        if (!fields[column].equals("-")) {
            int number = Integer.parseInt(fields[column]);
            byNumber[number] = Call.parse(fields[0], fields[3], fields[4], fields[5], fields[6]);
            numbers.put(fields[0], number);
        }
    }
}
