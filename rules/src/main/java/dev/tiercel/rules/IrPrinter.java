package dev.tiercel.rules;

import dev.tiercel.fields.FieldSlots;
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
            case Ir.EventIs(var types) -> events(types);
            case Ir.Present(Source source) -> "(present " + print(source) + ")";
            case Ir.TextIs(Source source, TextPredicate test) -> "(" + print(test, print(source)) + ")";
            case Ir.NumberIs(Source source, NumberTest test) -> "(" + print(test, print(source)) + ")";
            case Ir.BytesAre(Source source, BytesTest test) -> "(" + print(test, print(source)) + ")";
            case Ir.Elements(Source source, boolean every, TextPredicate test) ->
                "(" + (every ? "every " : "some ") + print(source) + " (" + print(test, "_") + "))";
            case Ir.Pair(Source left, Operator operator, Source right) ->
                "(" + operator.text() + " " + print(left) + " " + print(right) + ")";
        };
    }

    /// The types, or if they are most of all, the others.
    private static String events(Set<EventType> types) {
        if (types.size() * 2 <= EventType.values().length) {
            return "(event " + set(types.stream().map(EventType::eventName).toList()) + ")";
        }
        EnumSet<EventType> others = EnumSet.allOf(EventType.class);
        others.removeAll(types);
        return "(event-not " + set(others.stream().map(EventType::eventName).toList()) + ")";
    }

    private String list(String head, List<Ir> terms) {
        return terms.stream().map(this::print).collect(Collectors.joining(" ", "(" + head + " ", ")"));
    }

    private String print(Source source) {
        return switch (source) {
            case Source.Slot slot -> slots.reference(slot.slot()).text();
            case Source.Constant(String value) -> Escapes.quote(value);
            case Source.Collected(var elements) ->
                elements.stream().map(this::print).collect(Collectors.joining(", ", "(", ")"));
            case Source.Transformed(Transformer transformer, var inputs, String argument) ->
                inputs.stream().map(this::print).collect(Collectors.joining(", ", transformer.text() + "(", ")"))
                        + (argument.isEmpty() ? "" : "[" + argument + "]");
        };
    }

    private static String print(TextPredicate test, String subject) {
        return switch (test) {
            case TextPredicate.In(var values) -> "in " + subject + " " + set(values);
            case TextPredicate.Order(Operator operator, String operand) ->
                operator.text() + " " + subject + " " + Escapes.quoteIfNeeded(operand);
            case TextPredicate.Contains(var parts) -> "contains " + subject + " " + set(parts);
            case TextPredicate.ContainsFolded(String part) -> "icontains " + subject + " " + Escapes.quoteIfNeeded(part);
            case TextPredicate.StartsWith(var prefixes) -> "startswith " + subject + " " + set(prefixes);
            case TextPredicate.EndsWith(var suffixes) -> "endswith " + subject + " " + set(suffixes);
            case TextPredicate.Glob(String pattern, boolean folded) ->
                (folded ? "iglob " : "glob ") + subject + " " + Escapes.quoteIfNeeded(pattern);
            case TextPredicate.Matches(String pattern) -> "regex " + subject + " " + Escapes.quoteIfNeeded(pattern);
            case TextPredicate.Below(var paths) -> "pmatch " + subject + " " + set(paths);
            case TextPredicate.AsNumber(NumberTest number) -> print(number, subject);
        };
    }

    private static String print(NumberTest test, String subject) {
        return switch (test) {
            case NumberTest.In(var values) ->
                "in " + subject + " " + set(values.stream().map(String::valueOf).toList());
            case NumberTest.Order(Operator operator, long operand, boolean unsigned) ->
                operator.text() + " " + subject + " "
                        + (unsigned ? Long.toUnsignedString(operand) : Long.toString(operand));
            case NumberTest.Real(Operator operator, double operand) -> operator.text() + " " + subject + " " + operand;
        };
    }

    private static String print(BytesTest test, String subject) {
        return switch (test) {
            case BytesTest.In(var values) ->
                "in " + subject + " "
                        + set(values.stream().map(Bytes::toString).sorted().toList());
            case BytesTest.Contains(Bytes part) -> "contains " + subject + " " + part;
            case BytesTest.StartsWith(Bytes prefix) -> "startswith " + subject + " " + prefix;
            case BytesTest.EndsWith(Bytes suffix) -> "endswith " + subject + " " + suffix;
            case BytesTest.InNetwork(Bytes network, int bits) -> "network " + subject + " " + network + "/" + bits;
        };
    }

    private static String set(Collection<String> values) {
        return values.stream().map(Escapes::quoteIfNeeded).collect(Collectors.joining(" ", "{", "}"));
    }
}
