package dev.tiercel.fields.json;

import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.syscall.Moments;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the values of fields in an event of keys and values: under the field's own name, or derived from other keys.
///
/// | field | follows from |
/// |---|---|
/// | `proc.pname`, `proc.pexe`, `proc.pexepath`, `proc.pcmdline`, `proc.ppid` | the first ancestor, and it from them |
/// | `proc.aname[0]` and its like | the process itself |
/// | `proc.aname` and its like | those with an index, from 1 to the first that is missing |
/// | `fd.ip`, `fd.port`, `fd.net`, `fd.proto` | both ends; where neither is given, they stand for the server's |
/// | `fd.cnet` and its like | the addresses |
/// | times of the event | any other that has date and time |
/// | `evt.type.is.NAME` | `evt.type` |
/// | `evt.dir` | `<`, since events are of the moment a call returns |
/// | an element of a list | the list |
/// | `evt.info` | `evt.args` |
final class Derivations {

    private static final int MOST_ANCESTORS = 64;

    private static final Map<String, String> PARENTS = Map.of(
            "proc.pname", "proc.aname[1]",
            "proc.pexe", "proc.aexe[1]",
            "proc.pexepath", "proc.aexepath[1]",
            "proc.pcmdline", "proc.acmdline[1]",
            "proc.ppid", "proc.apid[1]");

    private static final Set<String> OF_ANCESTORS =
            Set.of("proc.aname", "proc.aexe", "proc.aexepath", "proc.acmdline", "proc.aargs", "proc.apid", "proc.aenv");

    private static final Set<String> DATES = Set.of(
            "evt.time",
            "evt.time.s",
            "evt.time.iso8601",
            "evt.datetime",
            "evt.datetime.s",
            "evt.rawtime",
            "evt.rawtime.s",
            "evt.rawtime.ns");

    private final EventKeys keys;
    private final ZoneId zone;
    private final String defaultSource;

    Derivations(EventKeys keys, ZoneId zone, String defaultSource) {
        this.keys = keys;
        this.zone = zone;
        this.defaultSource = defaultSource;
    }

    /// Reads a value of the row's current event; null: absent.
    @FunctionalInterface
    interface Reading {
        @Nullable
        Object of(KeyedRow row);
    }

    /// Reads a field with its argument.
    Reading of(FieldReference reference) {
        FieldDefinition field = reference.field();
        if (DATES.contains(field.name())) {
            return date(field.name());
        }
        if (field.name().equals("evt.source")) {
            return source();
        }
        List<Reading> readings = new ArrayList<>();
        readings.add(key(reference.text()));
        if (!reference.argument().isEmpty()) {
            argument(reference, readings);
        } else if (field.is(FieldFlag.ANY_WITHOUT_ARGUMENT)) {
            readings.add(ancestors(field.name()));
        }
        if (field.name().equals("evt.type.is")) {
            readings.add(isOfType(reference.argument()));
        }
        others(reference.text(), readings);
        return first(readings);
    }

    private Reading isOfType(String name) {
        Reading type = key("evt.type");
        return row -> {
            Object given = type.of(row);
            return given == null ? null : name.equals(given) ? 1L : 0L;
        };
    }

    /// Reads what stands under a key.
    Reading key(String name) {
        int number = keys.number(name);
        return row -> row.given(number);
    }

    /// Reads the name of the event source.
    Reading source() {
        Reading given = key("evt.source");
        return row -> {
            Object named = given.of(row);
            return named != null || defaultSource.isEmpty() ? named : defaultSource;
        };
    }

    /// Reads the moment of the event in nanoseconds since the epoch, as a Long.
    Reading moment() {
        return first(List.of(
                nanos(key("evt.rawtime")),
                nanos(key("evt.time.iso8601")),
                nanos(key("evt.time")),
                nanos(key("evt.datetime"))));
    }

    private static Reading nanos(Reading given) {
        return row -> switch (given.of(row)) {
            case Number number -> number.longValue();
            case String text -> Moments.parse(text);
            case null, default -> null;
        };
    }

    /// A date or time: text that is given stays as it is.
    private Reading date(String field) {
        Reading given = key(field);
        Reading moment = moment();
        return row -> {
            Object value = given.of(row);
            boolean asGiven = value != null && (field.startsWith("evt.rawtime") || isText(value));
            if (asGiven) {
                return value;
            }
            return moment.of(row) instanceof Long nanos ? date(field, nanos) : null;
        };
    }

    private static boolean isText(Object value) {
        return value instanceof String text && !text.chars().allMatch(Character::isDigit);
    }

    private Object date(String field, long nanos) {
        return switch (field) {
            case "evt.time" -> Moments.time(nanos, zone);
            case "evt.time.s" -> Moments.timeSeconds(nanos, zone);
            case "evt.time.iso8601" -> Moments.iso8601(nanos);
            case "evt.datetime" -> Moments.dateTime(nanos, zone);
            case "evt.datetime.s" -> Moments.dateTimeSeconds(nanos, zone);
            case "evt.rawtime.s" -> Math.floorDiv(nanos, 1_000_000_000L);
            case "evt.rawtime.ns" -> Math.floorMod(nanos, 1_000_000_000L);
            default -> nanos;
        };
    }

    /// `evt.arg[flags]` for `evt.arg.flags`; the process for its ancestor 0; an element of a list that is given
    /// whole.
    private void argument(FieldReference reference, List<Reading> readings) {
        String field = reference.field().name();
        String bracketed = field + "[" + reference.argument() + "]";
        if (!bracketed.equals(reference.text())) {
            readings.add(key(bracketed));
        }
        if (reference.index().isEmpty()) {
            return;
        }
        int index = reference.index().getAsInt();
        if (index == 0 && OF_ANCESTORS.contains(field)) {
            readings.add(itself(field));
        } else if (reference.field().list()) {
            Reading whole = key(field);
            readings.add(row -> whole.of(row) instanceof List<?> list && index < list.size() ? list.get(index) : null);
        }
    }

    /// What the process itself has of a field of ancestors: what `%proc.aname` prints.
    Reading itself(String field) {
        return key("proc." + field.substring("proc.a".length()));
    }

    /// The known ancestors, up to the first gap.
    private Reading ancestors(String field) {
        List<Reading> levels = new ArrayList<>();
        for (int level = 1; level < MOST_ANCESTORS; level++) {
            List<Reading> readings = new ArrayList<>(List.of(key(field + "[" + level + "]")));
            others(field + "[" + level + "]", readings);
            levels.add(first(readings));
        }
        return row -> {
            List<Object> found = new ArrayList<>();
            for (Reading level : levels) {
                Object value = level.of(row);
                if (value == null) {
                    break;
                }
                found.add(value);
            }
            return found.isEmpty() ? null : found;
        };
    }

    private void others(String name, List<Reading> readings) {
        PARENTS.forEach((parent, ancestor) -> {
            if (name.equals(parent)) {
                readings.add(key(ancestor));
            } else if (name.equals(ancestor)) {
                readings.add(key(parent));
            }
        });
        switch (name) {
            case "fd.ip", "fd.net" -> readings.add(both(key("fd.cip"), key("fd.sip")));
            case "fd.port", "fd.proto" -> readings.add(both(key("fd.cport"), key("fd.sport")));
            case "fd.cip", "fd.cport" -> readings.add(end("fd." + name.substring(4), true));
            case "fd.sip", "fd.sport" -> readings.add(end("fd." + name.substring(4), false));
            case "fd.cnet", "fd.snet" -> {
                boolean client = name.startsWith("fd.c");
                readings.add(key(client ? "fd.cip" : "fd.sip"));
                readings.add(end("fd.net", client));
                readings.add(end("fd.ip", client));
            }
            case "fd.lnet" -> readings.add(key("fd.lip"));
            case "fd.rnet" -> readings.add(key("fd.rip"));
            case "evt.info" -> readings.add(key("evt.args"));
            case "evt.dir" -> {
                Reading type = key("evt.type");
                readings.add(row -> type.of(row) == null ? null : "<");
            }
            default -> {}
        }
    }

    private static Reading both(Reading client, Reading server) {
        return row -> {
            List<Object> ends = new ArrayList<>(2);
            Object first = client.of(row);
            Object second = server.of(row);
            if (first != null) {
                ends.add(first);
            }
            if (second != null) {
                ends.add(second);
            }
            return ends.isEmpty() ? null : ends;
        };
    }

    /// One end of what is given for either: of two the client is the first, of one the server.
    private Reading end(String either, boolean client) {
        Reading given = key(either);
        return row -> {
            Object value = given.of(row);
            if (value instanceof List<?> list) {
                return list.isEmpty() || (client && list.size() < 2) ? null : client ? list.getFirst() : list.getLast();
            }
            return client ? null : value;
        };
    }

    private static Reading first(List<Reading> readings) {
        Reading[] all = readings.toArray(Reading[]::new);
        if (all.length == 1) {
            return all[0];
        }
        return row -> {
            for (Reading reading : all) {
                Object value = reading.of(row);
                if (value != null) {
                    return value;
                }
            }
            return null;
        };
    }
}
