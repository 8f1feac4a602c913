package dev.tiercel.rules.correlation;

import dev.tiercel.fields.FieldArgument;
import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.FieldType;
import dev.tiercel.fields.Scope;
import dev.tiercel.rules.syntax.FieldScope;
import dev.tiercel.rules.yaml.CorrelationItem;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The fields that the texts of one correlation may name, and where each comes from. Fields are made when they are
/// first looked up: `read.proc.name` is a definition like that of `proc.name`, under this name.
final class EvidenceScope {

    static final String COUNT = "correlation.count";
    /// By position in [EvidenceFields.Place#COUNT].
    private static final List<String> COMPUTED = List.of(COUNT, "correlation.first_time", "correlation.last_time");

    private final List<SourceStep> steps;
    private final List<String> keys;
    private final Set<String> aliases;
    private final boolean decimal;
    private final FieldSlots.Builder slots = new FieldSlots.Builder();
    private final Map<FieldDefinition, Origin> origins = new HashMap<>();

    /// Where a field comes from.
    ///
    /// @param step     as in [EvidenceFields.Place]
    /// @param part     of the key, or of what is computed
    /// @param original the step's own definition; null: not of a step
    record Origin(int step, int part, @Nullable FieldDefinition original) {}

    /// @param steps   those with evidence, then those without, which only `where` can name
    /// @param keys    names of `group-by`
    /// @param aliases those of them that are no fields
    /// @param decimal whether what is counted may have a fraction
    EvidenceScope(List<SourceStep> steps, List<String> keys, Set<String> aliases, boolean decimal) {
        this.steps = List.copyOf(steps);
        this.keys = List.copyOf(keys);
        this.aliases = Set.copyOf(aliases);
        this.decimal = decimal;
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

    /// What outputs, exceptions and `suppress` may name: the fields of `evidence`, without the step if there is one,
    /// the key, and what is counted.
    FieldScope output(List<SourceStep> evidence) {
        return new EvidenceNames(this, evidence.size() == 1 ? evidence.getFirst() : null, evidence, true);
    }

    List<SourceStep> steps() {
        return steps;
    }

    List<String> keys() {
        return keys;
    }

    /// Whether `name` is a part of the key that is no field of a step.
    boolean isAlias(String name) {
        return aliases.contains(name);
    }

    /// The part of the key called `name`, if any; conditions write it with a prefix.
    Optional<FieldDefinition> key(String name) {
        boolean prefixed = name.startsWith(CorrelationItem.KEY) && !keys.contains(name);
        String part = prefixed ? name.substring(CorrelationItem.KEY.length()) : name;
        int number = keys.indexOf(part);
        return number < 0
                ? Optional.empty()
                : Optional.of(
                        made(part, FieldType.STRING, Set.of(), new Origin(EvidenceFields.Place.KEY, number, null)));
    }

    /// What is counted or computed, if `name` is it.
    Optional<FieldDefinition> computed(String name) {
        int position = COMPUTED.indexOf(name);
        if (position < 0) {
            return Optional.empty();
        }
        Origin origin = new Origin(EvidenceFields.Place.COUNT, position, null);
        return Optional.of(
                name.equals(COUNT)
                        ? made(name, decimal ? FieldType.DOUBLE : FieldType.UINT64, Set.of(), origin)
                        : made(name, FieldType.STRING, Set.of(FieldFlag.NUMBER_IN_OUTPUT), origin));
    }

    private FieldDefinition made(String name, FieldType type, Set<FieldFlag> flags, Origin origin) {
        FieldDefinition field =
                new FieldDefinition(name, type, false, FieldArgument.NONE, "", Scope.EVENT, true, flags);
        origins.put(field, origin);
        return field;
    }

    /// The field `name` of `step`, if it has one.
    Optional<FieldDefinition> ofStep(SourceStep step, String name) {
        return step.fields().find(name).map(field -> prefixed(step, field));
    }

    private FieldDefinition prefixed(SourceStep step, FieldDefinition field) {
        EnumSet<FieldFlag> flags = EnumSet.noneOf(FieldFlag.class);
        flags.addAll(field.flags());
        flags.remove(FieldFlag.OUTPUT_SUGGESTED);
        FieldDefinition prefixed = new FieldDefinition(
                step.id() + "." + field.name(),
                field.type(),
                field.list(),
                field.argument(),
                field.description(),
                Scope.EVENT,
                field.supplied(),
                flags);
        origins.put(prefixed, new Origin(step.number(), 0, field));
        return prefixed;
    }
}
