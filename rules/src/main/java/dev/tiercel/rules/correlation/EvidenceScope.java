package dev.tiercel.rules.correlation;

import dev.tiercel.fields.FieldArgument;
import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.FieldType;
import dev.tiercel.fields.Scope;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.syntax.FieldScope;
import dev.tiercel.rules.yaml.CorrelationItem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The fields that the texts of one correlation may name, and where each comes from. Fields are made when they are
/// first looked up: `read.proc.name` is a definition like that of `proc.name`, under this name.
final class EvidenceScope {

    static final String COUNT = "correlation.count";
    /// By position in [EvidenceFields.Place#COUNT].
    private static final List<String> COMPUTED = List.of(COUNT, "correlation.first_time", "correlation.last_time");

    private final List<SourceStep> steps;
    private final GroupKey key;
    private final Shape shape;
    private final List<@Nullable FieldReference> values;
    private final FieldSlots.Builder slots = new FieldSlots.Builder();
    private final Map<FieldDefinition, Origin> origins = new HashMap<>();

    /// Where a field comes from.
    ///
    /// @param step      as in [EvidenceFields.Place]
    /// @param part      of the key, or of what is computed
    /// @param originals by number of step: the step's own field, without the argument that it is named with
    record Origin(int step, int part, Map<Integer, FieldReference> originals) {}

    /// @param steps  those with evidence, then those without, which only `where` can name
    /// @param values by step, as in [CheckedCorrelation]
    EvidenceScope(List<SourceStep> steps, GroupKey key, Shape shape, List<@Nullable FieldReference> values) {
        this.steps = List.copyOf(steps);
        this.key = key;
        this.shape = shape;
        this.values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    /// The fields named so far; whoever resolves a name adds it.
    FieldSlots.Builder slots() {
        return slots;
    }

    /// Where `field`, which was found here, comes from.
    Origin origin(FieldDefinition field) {
        Origin origin = origins.get(field);
        if (origin == null) {
            throw new IllegalStateException("field=" + field.name());
        }
        return origin;
    }

    /// What the `where` of `step` may name: its own fields, those of `earlier` steps, and the key.
    FieldScope where(SourceStep step, List<SourceStep> earlier) {
        return new EvidenceNames(this, step, earlier, false);
    }

    /// What outputs, exceptions and `suppress` may name: the fields of `evidence`, without the step if there is one or
    /// all are as one, the key, and what is counted.
    FieldScope output(List<SourceStep> evidence) {
        return new EvidenceNames(this, evidence.size() == 1 ? evidence.getFirst() : null, evidence, true);
    }

    /// Whether a step can name no other, and texts about the evidence need not name it.
    boolean pools() {
        return shape.type().pools();
    }

    List<SourceStep> steps() {
        return steps;
    }

    List<String> keys() {
        return key.names();
    }

    /// Whether `name` stands for other fields.
    boolean isAlias(String name) {
        return key.aliases().contains(name);
    }

    /// The part of the key called `name`, if any; conditions write it with a prefix.
    Optional<FieldDefinition> key(String name) {
        boolean prefixed = name.startsWith(CorrelationItem.KEY) && !keys().contains(name);
        String part = prefixed ? name.substring(CorrelationItem.KEY.length()) : name;
        int number = keys().indexOf(part);
        return number < 0
                ? Optional.empty()
                : Optional.of(
                        made(part, FieldType.STRING, Set.of(), new Origin(EvidenceFields.Place.KEY, number, Map.of())));
    }

    /// What is counted or computed, if `name` is it.
    Optional<FieldDefinition> computed(String name) {
        int position = COMPUTED.indexOf(name);
        if (position < 0) {
            return Optional.empty();
        }
        Origin origin = new Origin(EvidenceFields.Place.COUNT, position, Map.of());
        return Optional.of(
                name.equals(COUNT)
                        ? made(name, shape.type().decimal() ? FieldType.DOUBLE : FieldType.UINT64, Set.of(), origin)
                        : made(name, FieldType.STRING, Set.of(FieldFlag.NUMBER_IN_OUTPUT), origin));
    }

    private FieldDefinition made(String name, FieldType type, Set<FieldFlag> flags, Origin origin) {
        FieldDefinition field =
                new FieldDefinition(name, type, false, FieldArgument.NONE, "", Scope.EVENT, true, flags);
        origins.put(field, origin);
        return field;
    }

    /// The field whose values are counted, or are new, if `name` is an alias of it: of the latest match.
    Optional<FieldDefinition> value(String name) {
        LocatedText field = shape.field();
        if (field == null || !field.value().equals(name) || !isAlias(name)) {
            return Optional.empty();
        }
        Map<Integer, FieldReference> originals = new TreeMap<>();
        for (SourceStep step : steps) {
            FieldReference value = values.get(step.number());
            if (value != null) {
                originals.put(step.number(), value);
            }
        }
        return Optional.of(made(name, typeOf(originals), Set.of(), ofLast(originals)));
    }

    private static Origin ofLast(Map<Integer, FieldReference> originals) {
        return new Origin(EvidenceFields.Place.LAST, 0, originals);
    }

    /// Text, unless all are of one type.
    private static FieldType typeOf(Map<Integer, FieldReference> originals) {
        Set<FieldType> types = new HashSet<>();
        originals.values().forEach(original -> types.add(original.field().list() ? FieldType.STRING : type(original)));
        return types.size() == 1 ? types.iterator().next() : FieldType.STRING;
    }

    private static FieldType type(FieldReference reference) {
        return reference.field().type();
    }

    /// The field `name` of the latest match, if some of `among` have one, and it has one meaning.
    Optional<FieldDefinition> ofLast(List<SourceStep> among, String name) {
        Map<Integer, FieldReference> originals = new TreeMap<>();
        for (SourceStep step : among) {
            step.fields().find(name).ifPresent(field -> originals.put(step.number(), new FieldReference(field, "")));
        }
        List<FieldDefinition> fields =
                originals.values().stream().map(FieldReference::field).toList();
        if (fields.isEmpty() || !haveOneForm(fields)) {
            return Optional.empty();
        }
        FieldDefinition first = fields.getFirst();
        FieldDefinition field = renamed(first, name, first.list() ? first.type() : typeOf(originals));
        origins.put(field, ofLast(originals));
        return Optional.of(field);
    }

    private static boolean haveOneForm(List<FieldDefinition> fields) {
        FieldDefinition first = fields.getFirst();
        return fields.stream()
                .allMatch(field -> field.list() == first.list()
                        && field.argument() == first.argument()
                        && field.flags().equals(first.flags())
                        && (!field.list() || field.type() == first.type()));
    }

    /// The field `name` of `step`, if it has one.
    Optional<FieldDefinition> ofStep(SourceStep step, String name) {
        return step.fields().find(name).map(field -> prefixed(step, field));
    }

    private FieldDefinition prefixed(SourceStep step, FieldDefinition field) {
        FieldDefinition prefixed = renamed(field, step.id() + "." + field.name(), field.type());
        origins.put(prefixed, new Origin(step.number(), 0, Map.of(step.number(), new FieldReference(field, ""))));
        return prefixed;
    }

    private static FieldDefinition renamed(FieldDefinition field, String name, FieldType type) {
        EnumSet<FieldFlag> flags = EnumSet.noneOf(FieldFlag.class);
        flags.addAll(field.flags());
        flags.remove(FieldFlag.OUTPUT_SUGGESTED);
        return new FieldDefinition(
                name, type, field.list(), field.argument(), field.description(), Scope.EVENT, field.supplied(), flags);
    }
}
