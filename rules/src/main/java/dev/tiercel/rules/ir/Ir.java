package dev.tiercel.rules.ir;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.syntax.Operator;
import dev.tiercel.schemas.EventType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/// The intermediate representation of a condition: slots, types and constants, all names resolved. Equal conditions
/// are equal records.
///
/// Every predicate of a value that the event lacks is false; so `!=` is [And] of [Present] and [Not].
public sealed interface Ir {

    /// The conditions it combines, or falls back on; empty for a leaf.
    default List<Ir> children() {
        return switch (this) {
            case And(var terms) -> terms;
            case Or(var terms) -> terms;
            case ExactlyOne(var terms) -> terms;
            case Not(Ir term) -> List.of(term);
            case EventIs(var types, Ir other) -> List.of(other);
            case Constant _, Present _, TextIs _, NumberIs _, BytesAre _, Elements _, Pair _ -> List.of();
        };
    }

    /// The same condition over its children as changed by `change`, in its simplest form.
    default Ir mapChildren(UnaryOperator<Ir> change) {
        return switch (this) {
            case And(var terms) -> and(terms.stream().map(change).toList());
            case Or(var terms) -> or(terms.stream().map(change).toList());
            case ExactlyOne(var terms) -> exactlyOne(terms.stream().map(change).toList());
            case Not(Ir term) -> not(change.apply(term));
            case EventIs(var types, Ir other) -> eventIs(types, change.apply(other));
            case Constant _, Present _, TextIs _, NumberIs _, BytesAre _, Elements _, Pair _ -> this;
        };
    }

    /// The values a leaf reads; empty if it reads only the event type, or is not a leaf.
    default List<ValueExpression> operands() {
        return switch (this) {
            case Present leaf -> List.of(leaf.operand());
            case TextIs leaf -> List.of(leaf.operand());
            case NumberIs leaf -> List.of(leaf.operand());
            case BytesAre leaf -> List.of(leaf.operand());
            case Elements leaf -> List.of(leaf.operand());
            case Pair pair -> List.of(pair.left(), pair.right());
            case Constant _, EventIs _, And _, Or _, ExactlyOne _, Not _ -> List.of();
        };
    }

    /// The slots of all fields in it, some more than once.
    default IntStream slots() {
        return IntStream.concat(
                operands().stream().flatMapToInt(ValueExpression::slots),
                children().stream().flatMapToInt(Ir::slots));
    }

    /// On one line, with the names of fields: `(and (in proc.name {bash sh}) (not (present fd.name)))`.
    default String print(FieldSlots slots) {
        return IrPrinter.print(this, slots);
    }

    /// A constant.
    record Constant(boolean value) implements Ir {
        /// Always holds.
        public static final Ir TRUE = new Constant(true);

        /// Never holds.
        public static final Ir FALSE = new Constant(false);
    }

    /// Every term holds. At least two distinct terms, none of them an `And`.
    record And(List<Ir> terms) implements Ir {
        public And {
            terms = List.copyOf(terms);
        }
    }

    /// Some term holds. At least two distinct terms, none of them an `Or`.
    record Or(List<Ir> terms) implements Ir {
        public Or {
            terms = List.copyOf(terms);
        }
    }

    /// The term does not hold.
    record Not(Ir term) implements Ir {}

    /// Exactly one term holds.
    record ExactlyOne(List<Ir> terms) implements Ir {
        public ExactlyOne {
            terms = List.copyOf(terms);
        }
    }

    /// The event is of one of these types; or it is of a type that [EventType] lacks, and `other`, a condition on the
    /// type's name, holds. Made by [#eventIs].
    record EventIs(Set<EventType> types, Ir other) implements Ir {
        public EventIs {
            types = types.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(types));
        }
    }

    /// The value exists.
    record Present(ValueExpression operand) implements Ir {}

    /// The value is a string that satisfies the predicate.
    record TextIs(ValueExpression operand, TextPredicate predicate) implements Ir {}

    /// The value is a number that satisfies the predicate.
    record NumberIs(ValueExpression operand, NumberPredicate predicate) implements Ir {}

    /// The value is bytes that satisfy the predicate.
    record BytesAre(ValueExpression operand, BytesPredicate predicate) implements Ir {}

    /// The value is a list, and some element (or every one, as with an empty list) satisfies the predicate.
    record Elements(ValueExpression operand, boolean every, TextPredicate predicate) implements Ir {}

    /// Both values exist and compare as `operator` says.
    record Pair(ValueExpression left, Operator operator, ValueExpression right) implements Ir {}

    /// That the event is of one of `types`, or of a type that [EventType] lacks and `other` holds.
    static Ir eventIs(Set<EventType> types, Ir other) {
        return types.isEmpty() && other.equals(Constant.FALSE) ? Constant.FALSE : new EventIs(types, other);
    }

    /// The conjunction in its simplest form.
    static Ir and(List<Ir> terms) {
        Set<Ir> flat = new LinkedHashSet<>();
        for (Ir term : terms) {
            if (term instanceof And and) {
                flat.addAll(and.terms());
            } else if (!term.equals(Constant.TRUE)) {
                flat.add(term);
            }
        }
        flat = withOneEventCheck(flat);
        if (flat.contains(Constant.FALSE)) {
            return Constant.FALSE;
        }
        return switch (flat.size()) {
            case 0 -> Constant.TRUE;
            case 1 -> flat.iterator().next();
            default -> new And(List.copyOf(flat));
        };
    }

    /// `terms` with all event checks replaced by their intersection.
    private static Set<Ir> withOneEventCheck(Set<Ir> terms) {
        EnumSet<EventType> types = EnumSet.allOf(EventType.class);
        List<Ir> others = new ArrayList<>();
        for (Ir term : terms) {
            if (term instanceof EventIs event) {
                types.retainAll(event.types());
                others.add(event.other());
            }
        }
        if (others.size() < 2) {
            return terms;
        }
        Ir intersection = eventIs(types, and(others));
        Set<Ir> merged = new LinkedHashSet<>();
        terms.forEach(term -> merged.add(term instanceof EventIs ? intersection : term));
        return merged;
    }

    /// The disjunction in its simplest form.
    static Ir or(List<Ir> terms) {
        Set<Ir> flat = new LinkedHashSet<>();
        for (Ir term : terms) {
            if (term.equals(Constant.TRUE)) {
                return Constant.TRUE;
            }
            if (term instanceof Or or) {
                flat.addAll(or.terms());
            } else if (!term.equals(Constant.FALSE)) {
                flat.add(term);
            }
        }
        List<Ir> merged = Merging.merge(List.copyOf(flat));
        return switch (merged.size()) {
            case 0 -> Constant.FALSE;
            case 1 -> merged.getFirst();
            default -> new Or(merged);
        };
    }

    /// That exactly one term holds, in its simplest form.
    static Ir exactlyOne(List<Ir> terms) {
        List<Ir> open = new ArrayList<>(terms);
        open.removeIf(Constant.FALSE::equals);
        if (!open.contains(Constant.TRUE)) {
            return open.isEmpty() ? Constant.FALSE : open.size() == 1 ? open.getFirst() : new ExactlyOne(open);
        }
        open.remove(Constant.TRUE);
        return not(or(open));
    }

    /// The negation in its simplest form.
    static Ir not(Ir term) {
        return switch (term) {
            case Constant(boolean value) -> value ? Constant.FALSE : Constant.TRUE;
            case Not(Ir inner) -> inner;
            case EventIs(var types, Ir other) -> eventIs(complement(types), not(other));
            default -> new Not(term);
        };
    }

    private static Set<EventType> complement(Set<EventType> types) {
        EnumSet<EventType> others = EnumSet.allOf(EventType.class);
        others.removeAll(types);
        return others;
    }
}
