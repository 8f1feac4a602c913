package dev.tiercel.rules.ir;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.syntax.Escapes;
import dev.tiercel.rules.syntax.Operator;
import dev.tiercel.rules.syntax.Transformer;
import dev.tiercel.schemas.EventType;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Prints [Ir] as a one-line expression with the names of fields: `(and (in proc.name {bash sh}) (not (present
/// fd.name)))`.
final class IrPrinter {

    private final FieldSlots slots;

    private IrPrinter(FieldSlots slots) {
        this.slots = slots;
    }

    static String print(Ir ir, FieldSlots slots) {
        return new IrPrinter(slots).print(ir);
    }

    private String print(Ir ir) {
        return switch (ir) {
            case Ir.Constant(boolean value) -> value ? "true" : "false";
            case Ir.And(var terms) -> list("and", terms);
            case Ir.Or(var terms) -> list("or", terms);
            case Ir.ExactlyOne(var terms) -> list("one-of", terms);
            case Ir.Not(Ir term) -> "(not " + print(term) + ")";
            case Ir.EventIs(var types, Ir other) ->
                "(event " + events(types) + (saysTheSame(types, other) ? "" : " or " + print(other)) + ")";
            case Ir.Present(ValueExpression operand) -> "(present " + print(operand) + ")";
            case Ir.TextIs(ValueExpression operand, TextPredicate predicate) ->
                "(" + print(predicate, print(operand)) + ")";
            case Ir.NumberIs(ValueExpression operand, NumberPredicate predicate) ->
                "(" + print(predicate, print(operand)) + ")";
            case Ir.BytesAre(ValueExpression operand, BytesPredicate predicate) ->
                "(" + print(predicate, print(operand)) + ")";
            case Ir.Elements(ValueExpression operand, boolean every, TextPredicate predicate) ->
                "(" + (every ? "every " : "some ") + print(operand) + " (" + print(predicate, "_") + "))";
            case Ir.Pair(ValueExpression left, Operator operator, ValueExpression right) ->
                "(" + operator.text() + " " + print(left) + " " + print(right) + ")";
        };
    }

    /// Whether `other`, about types that are none of ours, names `types` or what they are not, and nothing else.
    private static boolean saysTheSame(Set<EventType> types, Ir other) {
        Set<String> names = types.stream().map(EventType::eventName).collect(Collectors.toSet());
        return switch (other) {
            case Ir.TextIs(var operand, TextPredicate.In(var values)) -> names.containsAll(values);
            case Ir.Not(Ir.TextIs(var operand, TextPredicate.In(var values))) ->
                values.stream().allMatch(value -> EventType.named(value).isPresent() && !names.contains(value));
            case Ir.And(var terms) ->
                terms.size() == 2
                        && terms.getFirst() instanceof Ir.Present
                        && terms.getLast() instanceof Ir.Not
                        && saysTheSame(types, terms.getLast());
            default -> false;
        };
    }

    /// The types, or if they are most of all, the others.
    private static String events(Set<EventType> types) {
        if (types.size() * 2 <= EventType.values().length) {
            return set(types.stream().map(EventType::eventName).toList());
        }
        EnumSet<EventType> others = EnumSet.allOf(EventType.class);
        others.removeAll(types);
        return "not " + set(others.stream().map(EventType::eventName).toList());
    }

    private String list(String head, List<Ir> terms) {
        return terms.stream().map(this::print).collect(Collectors.joining(" ", "(" + head + " ", ")"));
    }

    private String print(ValueExpression operand) {
        return switch (operand) {
            case ValueExpression.Slot slot -> slots.reference(slot.slot()).text();
            case ValueExpression.Constant(String value) -> Escapes.quote(value);
            case ValueExpression.Collected(var elements) ->
                elements.stream().map(this::print).collect(Collectors.joining(", ", "(", ")"));
            case ValueExpression.Transformed(Transformer transformer, var inputs, String argument) ->
                inputs.stream().map(this::print).collect(Collectors.joining(", ", transformer.text() + "(", ")"))
                        + (argument.isEmpty() ? "" : "[" + argument + "]");
        };
    }

    private static String print(TextPredicate predicate, String subject) {
        return switch (predicate) {
            case TextPredicate.In(var values) -> "in " + subject + " " + set(values);
            case TextPredicate.Order(Operator operator, String operand) ->
                operator.text() + " " + subject + " " + Escapes.quoteIfNeeded(operand);
            case TextPredicate.Contains(var parts) -> "contains " + subject + " " + set(parts);
            case TextPredicate.ContainsFolded(String part) ->
                "icontains " + subject + " " + Escapes.quoteIfNeeded(part);
            case TextPredicate.StartsWith(var prefixes) -> "startswith " + subject + " " + set(prefixes);
            case TextPredicate.EndsWith(var suffixes) -> "endswith " + subject + " " + set(suffixes);
            case TextPredicate.Glob(String pattern, boolean folded) ->
                (folded ? "iglob " : "glob ") + subject + " " + Escapes.quoteIfNeeded(pattern);
            case TextPredicate.Matches(String pattern) -> "regex " + subject + " " + Escapes.quoteIfNeeded(pattern);
            case TextPredicate.Below(var paths) -> "pmatch " + subject + " " + set(paths);
            case TextPredicate.AsNumber(NumberPredicate number) -> print(number, subject);
        };
    }

    private static String print(NumberPredicate predicate, String subject) {
        return switch (predicate) {
            case NumberPredicate.In(var values) ->
                "in " + subject + " " + set(values.stream().map(String::valueOf).toList());
            case NumberPredicate.Order(Operator operator, long operand, boolean unsigned) ->
                operator.text() + " " + subject + " "
                        + (unsigned ? Long.toUnsignedString(operand) : Long.toString(operand));
            case NumberPredicate.Real(Operator operator, double operand) ->
                operator.text() + " " + subject + " " + operand;
        };
    }

    private static String print(BytesPredicate predicate, String subject) {
        return switch (predicate) {
            case BytesPredicate.In(var values) ->
                "in " + subject + " "
                        + set(values.stream().map(ByteString::toString).sorted().toList());
            case BytesPredicate.Contains(ByteString part) -> "contains " + subject + " " + part;
            case BytesPredicate.StartsWith(ByteString prefix) -> "startswith " + subject + " " + prefix;
            case BytesPredicate.EndsWith(ByteString suffix) -> "endswith " + subject + " " + suffix;
            case BytesPredicate.InAnyNetwork(var networks) -> "in-networks " + networks.size();
            case BytesPredicate.InNetwork(ByteString network, int bits) ->
                "network " + subject + " " + network + "/" + bits;
        };
    }

    private static String set(Collection<String> values) {
        return values.stream().map(Escapes::quoteIfNeeded).collect(Collectors.joining(" ", "{", "}"));
    }
}
