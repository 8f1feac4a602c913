package dev.tiercel.rules.syntax;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldDefinition;
import java.util.Optional;

/// The names of fields that a condition or output may use. Thread-safe if its catalogue is.
public interface FieldScope {

    /// The field called exactly `name`, without argument.
    Optional<FieldDefinition> find(String name);

    /// A hint for a name that is no field here; empty: none.
    String suggestion(String name);

    /// Whether the rows are events: then `evt.type` also says which rules can match.
    boolean ofEvents();

    /// Whether `text`, a value on the right-hand side, means the field of that name.
    boolean isValue(String text);

    /// The fields of an event source.
    static FieldScope of(FieldCatalog catalog) {
        return new CatalogScope(catalog);
    }
}
