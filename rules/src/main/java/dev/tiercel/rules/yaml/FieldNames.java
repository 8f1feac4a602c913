package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.LocatedText;

/// What the fields of exceptions may be; a later stage knows.
public interface FieldNames {

    /// Whether `source` is a known event source.
    boolean knows(String source);

    /// Whether `text` can be the left side of a comparison in rules of the known `source`: a field, or a transformer
    /// of one.
    boolean isField(String source, LocatedText text);

    /// A hint for a `name` that is no field of `source`; empty: none.
    String suggestion(String source, String name);
}
