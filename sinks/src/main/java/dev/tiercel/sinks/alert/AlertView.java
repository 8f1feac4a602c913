package dev.tiercel.sinks.alert;

import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.OutputField;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An alert, its fields by name. Immutable; the alert must not be changed.
public final class AlertView {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.nnnnnnnnn");
    private static final long NANOS = 1_000_000_000L;

    private final Alert alert;
    private final Map<String, Object> values;

    private AlertView(Alert alert) {
        this.alert = alert;
        this.values = values(alert);
    }

    public static AlertView of(Alert alert) {
        return new AlertView(alert);
    }

    private static Map<String, Object> values(Alert alert) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (OutputField field : alert.getOutputFields()) {
            if (field.getValue() != null) values.put(field.getName(), field.getValue());
        }
        values.put(AlertField.ID.fieldName(), alert.getId());
        values.put(AlertField.RULE.fieldName(), alert.getRule());
        values.put(AlertField.PRIORITY.fieldName(), alert.getPriority());
        values.put(AlertField.SOURCE.fieldName(), alert.getSource());
        values.put(AlertField.TAGS.fieldName(), alert.getTags());
        values.put(AlertField.HOSTNAME.fieldName(), alert.getHostname());
        values.put(AlertField.TIME.fieldName(), moment(alert.getTime()));
        values.put(AlertField.OUTPUT.fieldName(), alert.getOutput());
        values.put(AlertField.KEY.fieldName(), alert.getKey());
        if (alert.getCount() != null) values.put(AlertField.COUNT.fieldName(), alert.getCount());
        values.put(AlertField.EVIDENCE.fieldName(), alert.getEvidenceComplete() ? "complete" : "gap");
        values.put(AlertField.REVISION.fieldName(), (long) alert.getRevision());
        values.put(AlertField.REPEATS.fieldName(), repeats(alert));
        return values;
    }

    private static long repeats(Alert alert) {
        return alert.getRepeats() == null ? 1 : alert.getRepeats().getCount();
    }

    /// The alert.
    public Alert alert() {
        return alert;
    }

    /// How many alerts it stands for.
    public long repeats() {
        return repeats(alert);
    }

    /// Output fields, as the rule writes them, and the [fields of every alert][AlertField]; those without a value are
    /// not there. A value is a String, Long, Double, Boolean or a list of strings.
    public Map<String, Object> values() {
        return values;
    }

    /// The value of a field as text; null: it has none.
    public @Nullable String text(String field) {
        Object value = values.get(field);
        return switch (value) {
            case null -> null;
            case List<?> list ->
                "(" + String.join(",", list.stream().map(String::valueOf).toList()) + ")";
            case Double number
            when number == Math.rint(number) && Math.abs(number) < 1L << 53 -> Long.toString(number.longValue());
            default -> value.toString();
        };
    }

    /// The text as Falco prints it: time of day, priority, output; and whether it says again what was said.
    public String line() {
        String line = CLOCK.format(instant(alert.getTime()).atZone(ZoneId.systemDefault())) + ": " + alert.getPriority()
                + " " + alert.getOutput();
        return line + again();
    }

    /// What a person needs to know of an alert that came before; empty: it did not.
    public String again() {
        if (repeats() > 1) return " (" + repeats() + " times)";
        return alert.getRevision() > 0 ? " (same alert, revision " + alert.getRevision() + ")" : "";
    }

    /// `2026-11-27T17:04:05.123456789Z`.
    public static String moment(long nanos) {
        return MOMENT.format(instant(nanos));
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
