package dev.tiercel.rules.field;

import dev.tiercel.schemas.EventType;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An event given as field to value: test fixtures, and captures decoded elsewhere (`rules eval`).
///
/// Keys are fields as rules write them (`proc.aname[2]`, `evt.arg.flags`). A value is a number, a boolean, a text or a
/// list of
/// texts; null and missing keys are absent. Texts stand for values of every type: "true", "8080", "10.0.0.1".
/// What follows from other keys need not be given: `proc.pname` from `proc.aname[1]` and back, `fd.ip`, `fd.port`,
/// `fd.net` and
/// the other networks from the addresses and ports, `proc.aname` without index from those with one. Not thread-safe.
public final class MapRow implements Row {

    private static final int MOST_ANCESTORS = 64;

    private final FieldSlots slots;
    private final String[] keys;
    private Map<String, ?> event = Map.of();
    private int eventType;
    private long eventNumber;

    /// A row with no event yet.
    public MapRow(FieldSlots slots) {
        this.slots = slots;
        keys = new String[slots.size()];
        for (int slot = 0; slot < keys.length; slot++) {
            keys[slot] = slots.reference(slot).text();
        }
    }

    /// A row for one event.
    public MapRow(FieldSlots slots, Map<String, ?> event) {
        this(slots);
        event(event);
    }

    /// Moves to another event; the map must not change while the row is on it.
    public void event(Map<String, ?> next) {
        event = next;
        eventNumber++;
        Object type = next.get("evt.type");
        eventType = type == null
                ? 0
                : EventType.named(type.toString()).map(EventType::number).orElse(0);
    }

    @Override
    public int eventType() {
        return eventType;
    }

    @Override
    public long processToken() {
        return -1;
    }

    @Override
    public long eventToken() {
        return eventNumber;
    }

    @Override
    public boolean present(int slot) {
        return value(slot) != null;
    }

    @Override
    public long number(int slot) {
        Object value = value(slot);
        if (value instanceof Number number) {
            return slots.reference(slot).field().type() == FieldType.DOUBLE
                    ? Double.doubleToRawLongBits(number.doubleValue())
                    : number.longValue();
        }
        if (value instanceof Boolean flag) {
            return flag ? 1 : 0;
        }
        return value instanceof String text ? parsed(text) : EventSource.ABSENT;
    }

    private static long parsed(String text) {
        return switch (text) {
            case "true" -> 1;
            case "false" -> 0;
            default -> parsedNumber(text);
        };
    }

    private static long parsedNumber(String text) {
        try {
            return text.startsWith("0x") || text.startsWith("0X")
                    ? Long.parseUnsignedLong(text.substring(2), 16)
                    : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return EventSource.ABSENT;
        }
    }

    @Override
    public @Nullable String text(int slot) {
        Object value = value(slot);
        if (value instanceof List<?> list) {
            return list.isEmpty() ? null : "(" + String.join(",", strings(list)) + ")";
        }
        return value == null ? null : moment(slot, value);
    }

    /// Captures give the numbers of moments; rules and outputs see them as text.
    private String moment(int slot, Object value) {
        boolean numbered = slots.reference(slot).field().is(FieldFlag.NUMBER_IN_OUTPUT);
        if (!numbered || !(value instanceof Number number)) {
            return value.toString();
        }
        return switch (keys[slot]) {
            case "evt.time.iso8601" -> Moments.iso8601(number.longValue());
            case "evt.time" -> Moments.time(number.longValue(), ZoneOffset.UTC);
            default -> value.toString();
        };
    }

    @Override
    public byte @Nullable [] bytes(int slot) {
        Object value = value(slot);
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value == null) {
            return null;
        }
        FieldType type = slots.reference(slot).field().type();
        boolean address = type == FieldType.IPADDR || type == FieldType.IPNET;
        return address ? addresses(value) : value.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] addresses(Object value) {
        byte[] both = {};
        for (String text : value instanceof List<?> list ? strings(list) : List.of(value.toString())) {
            byte[] one = Addresses.parse(text);
            if (one != null) {
                byte[] more = Arrays.copyOf(both, both.length + one.length);
                System.arraycopy(one, 0, more, both.length, one.length);
                both = more;
            }
        }
        return both.length == 0 ? null : both;
    }

    @Override
    public @Nullable List<String> texts(int slot) {
        FieldReference reference = slots.reference(slot);
        Object value = value(slot);
        if (value instanceof List<?> list) {
            return strings(list);
        }
        if (reference.field().is(FieldFlag.ANY_WITHOUT_ARGUMENT)
                && reference.argument().isEmpty()) {
            return ancestors(reference.field().name());
        }
        return value == null ? null : List.of(value.toString());
    }

    private static List<String> strings(List<?> list) {
        return list.stream().map(Object::toString).toList();
    }

    private @Nullable List<String> ancestors(String field) {
        List<String> found = new ArrayList<>();
        for (int level = 1; level < MOST_ANCESTORS; level++) {
            Object value = find(field + "[" + level + "]");
            if (value == null) {
                break;
            }
            found.add(value.toString());
        }
        return found.isEmpty() ? null : found;
    }

    private @Nullable Object value(int slot) {
        Object value = find(keys[slot]);
        if (value != null) {
            return value;
        }
        FieldReference reference = slots.reference(slot);
        if (reference.argument().isEmpty()) {
            if (reference.field().is(FieldFlag.ANY_WITHOUT_ARGUMENT)) {
                return ancestors(reference.field().name());
            }
            return null;
        }
        Object bracketed = event.get(reference.field().name() + "[" + reference.argument() + "]");
        return bracketed != null || reference.index().orElse(-1) != 0
                ? bracketed
                : itself(reference.field().name());
    }

    /// `proc.aname[0]` is `proc.name`.
    private @Nullable Object itself(String field) {
        return field.startsWith("proc.a") && !field.equals("proc.args")
                ? event.get("proc." + field.substring(6))
                : null;
    }

    private @Nullable Object find(String key) {
        Object value = event.get(key);
        return value != null ? value : derived(key);
    }

    private @Nullable Object derived(String key) {
        return switch (key) {
            case "proc.pname" -> event.get("proc.aname[1]");
            case "proc.pexe" -> event.get("proc.aexe[1]");
            case "proc.pexepath" -> event.get("proc.aexepath[1]");
            case "proc.pcmdline" -> event.get("proc.acmdline[1]");
            case "proc.aname[1]" -> event.get("proc.pname");
            case "proc.aexe[1]" -> event.get("proc.pexe");
            case "proc.aexepath[1]" -> event.get("proc.pexepath");
            case "proc.acmdline[1]" -> event.get("proc.pcmdline");
            case "proc.apid[1]" -> event.get("proc.ppid");
            case "fd.ip", "fd.net" -> either("fd.cip", "fd.sip");
            case "fd.port", "fd.proto" -> either("fd.cport", "fd.sport");
            case "fd.cnet", "fd.snet", "fd.lnet", "fd.rnet" -> event.get(key.substring(0, 4) + "ip");
            default -> null;
        };
    }

    private @Nullable Object either(String client, String server) {
        List<Object> both = new ArrayList<>(2);
        Object first = event.get(client);
        Object second = event.get(server);
        if (first != null) {
            both.add(first);
        }
        if (second != null) {
            both.add(second);
        }
        return both.isEmpty() ? null : both.size() == 1 ? both.getFirst() : both;
    }

    @Override
    public String toString() {
        return "MapRow" + String.format(Locale.ROOT, "[event=%d, %s]", eventNumber, event);
    }
}
