package dev.tiercel.sinks.alert;

import dev.tiercel.fields.FieldType;

/// A field that every alert has, beside the output fields of its rule.
public enum AlertField {
    ID("alert.id", FieldType.STRING, false, "The same for the same alert, whenever it is delivered."),
    RULE("alert.rule", FieldType.STRING, false, "Name of the rule or correlation."),
    PRIORITY(
            "alert.priority",
            FieldType.STRING,
            false,
            "Emergency, Alert, Critical, Error, Warning, Notice, Informational or Debug."),
    SOURCE("alert.source", FieldType.STRING, false, "Event source; internal: what the detector says of itself."),
    TAGS("alert.tags", FieldType.STRING, true, "Tags of the rule."),
    HOSTNAME("alert.hostname", FieldType.STRING, false, "Node or cluster that the event is from."),
    TIME("alert.time", FieldType.STRING, false, "When the event happened, ISO 8601 in UTC."),
    OUTPUT("alert.output", FieldType.STRING, false, "The text of the alert, without time and priority."),
    KEY("alert.key", FieldType.STRING, true, "Of a correlation: the values of its group-by."),
    COUNT("alert.count", FieldType.DOUBLE, false, "Of a correlation that counts: what it counted."),
    EVIDENCE("alert.evidence", FieldType.STRING, false, "complete, or gap: something may be missing."),
    REVISION("alert.revision", FieldType.UINT64, false, "Above 0: the same alert as before, with more in it."),
    REPEATS("alert.repeats", FieldType.UINT64, false, "How many alerts `suppress` folded into it; 1: none.");

    private final String fieldName;
    private final FieldType type;
    private final boolean list;
    private final String description;

    AlertField(String fieldName, FieldType type, boolean list, String description) {
        this.fieldName = fieldName;
        this.type = type;
        this.list = list;
        this.description = description;
    }

    /// As conditions and templates write it.
    public String fieldName() {
        return fieldName;
    }

    FieldType type() {
        return type;
    }

    boolean list() {
        return list;
    }

    /// What it is, for people.
    public String description() {
        return description;
    }
}
