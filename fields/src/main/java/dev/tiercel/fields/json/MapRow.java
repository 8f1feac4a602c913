package dev.tiercel.fields.json;

import dev.tiercel.fields.FieldSlots;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A row over a map of field to value: for test fixtures, and events decoded elsewhere.
///
/// Keys are fields as rules write them (`proc.aname[2]`, `evt.arg.flags`). A value is a number, a boolean, a string,
/// bytes or a list of strings or bytes; null and missing keys are absent. Strings stand for values of every type:
/// "true", "8080". Values that follow from other keys can be omitted: `proc.pname` from `proc.aname[1]` and back,
/// `fd.ip`, `fd.port`, `fd.net` from both ends, `proc.aname` without index from those with one. Not thread-safe.
public final class MapRow extends KeyedRow {

    private final String[] names;
    private Map<String, ?> event = Map.of();

    /// A row with no event yet, with times of day in UTC.
    public MapRow(FieldSlots slots) {
        this(slots, ZoneOffset.UTC, "");
    }

    /// A row with no event yet.
    ///
    /// @param zone of times of day
    /// @param source event source of events that name none; empty: they have none
    public MapRow(FieldSlots slots, ZoneId zone, String source) {
        super(slots, zone, source);
        names = keys().names().toArray(String[]::new);
    }

    /// A row for one event.
    public MapRow(FieldSlots slots, Map<String, ?> event) {
        this(slots);
        event(event);
    }

    /// Moves to another event; the map must not change while the row is on it.
    public void event(Map<String, ?> next) {
        event = next;
        turn();
    }

    @Override
    @Nullable
    Object given(int key) {
        Object value = event.get(names[key]);
        return value instanceof List<?> list && list.stream().anyMatch(Objects::isNull)
                ? list.stream().filter(Objects::nonNull).toList()
                : value;
    }

    @Override
    public String toString() {
        return "MapRow[" + event + "]";
    }
}
