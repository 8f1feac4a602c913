package dev.tiercel.sinks.alert;

import dev.tiercel.fields.FieldArgument;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.Scope;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.syntax.FieldScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What conditions on alerts and templates may name: the [fields of every alert][AlertField], and what output fields
/// can be: fields of all event sources, and those of a step of a correlation (`entered.ka.user.name`).
public final class AlertScope implements FieldScope {
    /// The only one.
    public static final AlertScope ALERTS = new AlertScope();

    private final Map<String, FieldDefinition> own = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    private AlertScope() {
        for (AlertField field : AlertField.values()) {
            own.put(
                    field.fieldName(),
                    new FieldDefinition(
                            field.fieldName(),
                            field.type(),
                            field.list(),
                            FieldArgument.NONE,
                            field.description(),
                            Scope.EVENT,
                            true,
                            Set.of()));
            names.add(field.fieldName());
        }
    }

    @Override
    public Optional<FieldDefinition> find(String name) {
        FieldDefinition found = own.get(name);
        if (found != null) return Optional.of(found);
        return ofEvent(name).or(() -> ofEvent(withoutStep(name))).map(field -> named(field, name));
    }

    private static Optional<FieldDefinition> ofEvent(String name) {
        return FieldCatalog.bySource().values().stream()
                .flatMap(catalog -> catalog.find(name).stream())
                .findFirst();
    }

    /// `ka.user.name` of `entered.ka.user.name`; a name without a dot is its own.
    private static String withoutStep(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    /// An output field has a value of its own: nothing is derived, and none is not supplied.
    private static FieldDefinition named(FieldDefinition field, String name) {
        return new FieldDefinition(
                name, field.type(), field.list(), field.argument(), field.description(), Scope.EVENT, true, Set.of());
    }

    @Override
    public String suggestion(String name) {
        String close = Suggestion.of(name, names);
        if (!close.isEmpty()) return close;
        return FieldCatalog.bySource().values().stream()
                .map(catalog -> FieldScope.of(catalog).suggestion(name))
                .filter(hint -> !hint.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public boolean ofEvents() {
        return false;
    }

    @Override
    public boolean isValue(String text) {
        return false;
    }
}
