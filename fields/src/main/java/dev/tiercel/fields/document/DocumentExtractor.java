package dev.tiercel.fields.document;

import org.jspecify.annotations.Nullable;

/// How one field, with its argument if it has one, is read from an event. Chosen once; has no state of its own.
@FunctionalInterface
interface DocumentExtractor {

    /// The field's value: a [dev.tiercel.schemas.RawText], a Long, or a list of raw texts; null, or an empty list:
    /// absent. Other values, as texts of numbers, are converted to the type of the field.
    ///
    /// @throws dev.tiercel.schemas.BadRecordException if the event is not JSON
    @Nullable
    Object of(CurrentDocument event);
}
