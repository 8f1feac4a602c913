package dev.tiercel.fields.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Numbers the event keys that are read, in the order of registration.
final class EventKeys {

    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    /// The number of `key`, assigned at its first use.
    int number(String key) {
        return numbers.computeIfAbsent(key, absent -> numbers.size());
    }

    /// All, by number.
    List<String> names() {
        return List.copyOf(numbers.keySet());
    }
}
