package dev.tiercel.fields.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The keys of an event that somebody will ask for, numbered in the order they were named.
final class EventKeys {

    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    /// The number of `key`, which is new or not.
    int number(String key) {
        return numbers.computeIfAbsent(key, absent -> numbers.size());
    }

    /// All, by number.
    List<String> names() {
        return List.copyOf(numbers.keySet());
    }
}
