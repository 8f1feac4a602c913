package dev.tiercel.fields.syscall;

import dev.tiercel.fields.FieldResource;
import dev.tiercel.schemas.EventType;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Symbolic names of numbers in event arguments; read once from the resource `event-values.txt`. Thread-safe.
final class EventValues {

    private static final Map<String, ValueTable> TABLES = new HashMap<>();
    private static final Map<String, ValueTable> BY_PARAMETER = new HashMap<>();
    private static final Map<String, Map<String, ValueTable>> BY_EVENT = new HashMap<>();

    /// By number of the event type and position of the parameter.
    private static final @Nullable ValueTable[][] BY_POSITION = new ValueTable[EventType.NUMBER_LIMIT][];

    static {
        load();
        for (EventType type : EventType.values()) {
            Map<String, ValueTable> ofEvent = BY_EVENT.getOrDefault(type.eventName(), Map.of());
            @Nullable ValueTable[] tables = new ValueTable[type.parameters().size()];
            for (int i = 0; i < tables.length; i++) {
                tables[i] = ofEvent.get(type.parameters().get(i).name());
            }
            BY_POSITION[type.number()] = tables;
        }
    }

    static final ValueTable ERRNO = table("errno");
    static final ValueTable SIGNAL = table("signal");
    static final ValueTable CAPABILITY = table("capability");
    static final ValueTable OPEN_FLAGS = table("open-flags");

    private static final int ACCESS_MODE_MASK = 3;

    private EventValues() {}

    /// The table with this name.
    static ValueTable table(String name) {
        ValueTable table = TABLES.get(name);
        if (table == null) {
            throw new IllegalArgumentException("no such table of values: " + name);
        }
        return table;
    }

    /// The table for the parameter of an event type at `index`; null: its numbers have no names.
    static @Nullable ValueTable of(EventType type, int index) {
        return BY_POSITION[type.number()][index];
    }

    /// All parameters that have a table, as `event.parameter`.
    static Set<String> parameters() {
        return Collections.unmodifiableSet(BY_PARAMETER.keySet());
    }

    /// The number Falco prints for a kernel number of `table`. The access mode of open is a number there and bits
    /// here.
    static long published(ValueTable table, long kernel) {
        long published = table.published(kernel);
        return table == OPEN_FLAGS ? published | (((kernel & ACCESS_MODE_MASK) + 1) & ACCESS_MODE_MASK) : published;
    }

    /// Name of the errno in a result: -2 is ENOENT; empty: unknown.
    static String errorName(long result) {
        return result < 0 ? ERRNO.names(-result) : "";
    }

    private static void load() {
        ValueTable current = null;
        for (String line : FieldResource.lines("event-values.txt")) {
            String[] words = line.strip().split(" ", -1);
            if (words[0].isEmpty() || words[0].startsWith("#")) {
                continue;
            }
            if (words[0].equals("table")) {
                current = new ValueTable(words[1], words[2].equals("bits"));
                TABLES.put(words[1], current);
            } else if (current == null) {
                throw new IllegalStateException("value before the first table: " + line);
            } else if (words[0].equals("for")) {
                for (int i = 1; i < words.length; i++) {
                    register(words[i], current);
                }
            } else {
                long kernel = words[1].equals("-") ? CurrentEvent.ABSENT : Long.decode(words[1]);
                current.add(new ValueTable.Value(words[0], kernel, words.length > 2 ? Long.decode(words[2]) : kernel));
            }
        }
    }

    private static void register(String qualified, ValueTable table) {
        int dot = qualified.indexOf('.');
        BY_PARAMETER.put(qualified, table);
        BY_EVENT.computeIfAbsent(qualified.substring(0, dot), absent -> new HashMap<>())
                .put(qualified.substring(dot + 1), table);
    }
}
