package dev.tiercel.rules.syntax;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldDefinition;
import java.util.Optional;

/// The fields of one event source.
record CatalogScope(FieldCatalog catalog) implements FieldScope {

    @Override
    public Optional<FieldDefinition> find(String name) {
        return catalog.find(name);
    }

    @Override
    public String suggestion(String name) {
        return FieldLookup.suggestion(catalog, name);
    }

    /// As in Falco: a field there is written `val(NAME)`.
    @Override
    public boolean isValue(String text) {
        return false;
    }

    @Override
    public boolean ofEvents() {
        return true;
    }
}
