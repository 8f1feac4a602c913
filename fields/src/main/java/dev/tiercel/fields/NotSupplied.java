package dev.tiercel.fields;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Why a field is never there, from the resource `not-supplied.tsv`.
final class NotSupplied {

    private static final String RESOURCE = "not-supplied.tsv";
    private static final Map<String, String> REASONS = read();

    private NotSupplied() {}

    /// The reason, without full stop; empty: none is given.
    static Optional<String> reason(String field) {
        return REASONS.entrySet().stream()
                .filter(line -> covers(line.getKey(), field))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// Whether a first column names the field.
    static boolean covers(String pattern, String field) {
        return pattern.endsWith("*")
                ? field.startsWith(pattern.substring(0, pattern.length() - 1))
                : field.equals(pattern);
    }

    /// The reasons by first column.
    static Map<String, String> all() {
        return REASONS;
    }

    private static Map<String, String> read() {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (String line : FieldResource.lines(RESOURCE)) {
            if (!line.isEmpty() && !line.startsWith("#")) {
                String[] columns = line.split("\t", -1);
                reasons.put(columns[0], columns[1]);
            }
        }
        return reasons;
    }
}
