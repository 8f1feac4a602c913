package dev.tiercel.rules.check;

import dev.tiercel.fields.FieldArgument;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.syntax.FieldLookup;
import dev.tiercel.rules.syntax.FieldScope;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.Parameter;
import dev.tiercel.schemas.RawText;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Resolves field names with their arguments against a catalogue.
public final class References {

    private static final Pattern PARAMETER_FIELDS = Pattern.compile("(?:.*\\.)?evt\\.(?:raw)?arg");
    private static final Set<String> PARAMETERS = parameters();
    private static final Set<String> EVENT_TYPES = Collections.unmodifiableSet(namesOfTypes());

    /// Prefix of the names of static fields.
    public static final String STATIC = "static.";

    private final FieldScope scope;
    private final Map<String, String> statics;

    public References(FieldCatalog catalog) {
        this(FieldScope.of(catalog), Map.of());
    }

    /// @param statics values of `static.NAME` by name
    References(FieldScope scope, Map<String, String> statics) {
        this.scope = scope;
        this.statics = new TreeMap<>(statics);
    }

    /// Names and values of the static fields, sorted.
    public Map<String, String> statics() {
        return statics;
    }

    /// The value of the static field `name`, as a [RawText]; null: not a static field.
    @Nullable
    public String staticValue(String name) {
        String value = name.startsWith(STATIC) ? statics.get(name.substring(STATIC.length())) : null;
        return value == null ? null : RawText.ofUnicode(value);
    }

    public FieldScope scope() {
        return scope;
    }

    /// A resolved reference, or the problem with it.
    ///
    /// @param unknown whether the field does not exist, as opposed to being misused
    public record Resolved(@Nullable FieldReference reference, String problem, String hint, boolean unknown) {
        static Resolved problem(String problem, String hint, boolean unknown) {
            return new Resolved(null, problem, hint, unknown);
        }
    }

    /// Whether `name` is a field, with or without an argument.
    boolean isField(String name) {
        return FieldLookup.find(scope, name).isPresent() || staticValue(name) != null;
    }

    /// Resolves the field `name` with `argument`; null: no argument in brackets.
    public Resolved resolve(String name, @Nullable String argument) {
        FieldLookup.Found found = FieldLookup.find(scope, name).orElse(null);
        if (found == null) {
            return Resolved.problem("filter_check called with nonexistent field " + name, scope.suggestion(name), true);
        }
        String given = argument == null ? found.argument() : argument;
        boolean both = argument != null && !found.argument().isEmpty();
        FieldReference reference = new FieldReference(found.field(), given);
        if (both) {
            return Resolved.problem("field '" + found.field().name() + "' has two arguments", "", false);
        }
        return argumentProblem(reference, argument != null || !found.argument().isEmpty());
    }

    private static Resolved argumentProblem(FieldReference reference, boolean given) {
        String name = reference.field().name();
        FieldArgument kind = reference.field().argument();
        if (kind == FieldArgument.NONE && given) {
            return Resolved.problem("field '" + name + "' does not take an argument", "", false);
        }
        if (kind.required() && !given) {
            return Resolved.problem("field '" + name + "' requires an argument but none was given", "", false);
        }
        if (given && reference.index().isEmpty() && !kind.takesKey()) {
            return Resolved.problem(
                    "field '" + name + "' takes a number as its argument, not '" + reference.argument() + "'",
                    "",
                    false);
        }
        if (isEventParameter(name) && reference.index().isEmpty() && !PARAMETERS.contains(reference.argument())) {
            return Resolved.problem(
                    "unknown event argument " + reference.argument(),
                    Suggestion.of(reference.argument(), PARAMETERS),
                    true);
        }
        return new Resolved(reference, "", "", false);
    }

    /// Whether the argument of the field called `name`, of an event or of a step of a correlation, is a parameter.
    public static boolean isEventParameter(String name) {
        return PARAMETER_FIELDS.matcher(name).matches();
    }

    /// Parameter names of all event types.
    public static Set<String> eventParameters() {
        return PARAMETERS;
    }

    /// The names that `evt.type` may be compared with: event types, and what no sensor event has but Falco knows.
    public static Set<String> eventTypes() {
        return EVENT_TYPES;
    }

    private static Set<String> namesOfTypes() {
        Set<String> names = new TreeSet<>(OtherEvents.NAMES);
        for (EventType type : EventType.values()) {
            names.add(type.eventName());
        }
        return names;
    }

    private static Set<String> parameters() {
        Set<String> names = new TreeSet<>();
        for (EventType type : EventType.values()) {
            type.parameters().stream().map(Parameter::name).forEach(names::add);
        }
        return names;
    }
}
