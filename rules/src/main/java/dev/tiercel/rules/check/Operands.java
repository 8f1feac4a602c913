package dev.tiercel.rules.check;

import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.FieldType;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.Transformer;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.Parameter;
import dev.tiercel.schemas.ParameterType;
import dev.tiercel.schemas.RawText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Resolves the operands of checks to [ValueExpression]s and checks their types.
public final class Operands {

    private static final Set<ParameterType> TEXTUAL =
            EnumSet.of(ParameterType.STRING, ParameterType.PATH, ParameterType.RELATIVE_PATH, ParameterType.BYTES);

    private static final Set<ParameterType> ADDRESSES =
            EnumSet.of(ParameterType.SOCKADDR, ParameterType.SOCKTUPLE, ParameterType.FDLIST);

    private final References references;
    private final FieldSlots.Builder slots;
    private final LocatedText text;
    private final Consumer<Problem> problems;
    private final FieldUse use;

    Operands(
            References references,
            FieldSlots.Builder slots,
            LocatedText text,
            Consumer<Problem> problems,
            FieldUse use) {
        this.use = use;
        this.references = references;
        this.slots = slots;
        this.text = text;
        this.problems = problems;
    }

    /// Operands of an output.
    public static Operands ofOutput(
            References references, FieldSlots.Builder slots, LocatedText text, Consumer<Problem> problems) {
        return new Operands(references, slots, text, problems, FieldUse.OUTPUT);
    }

    /// Whether `field` may be used here, at `position`; reports if not, and warns if it is deprecated or has no
    /// values yet.
    public boolean allows(FieldDefinition field, SourcePosition position) {
        return use.check(field, position, problems);
    }

    /// Resolves and checks a field; null if a problem was reported.
    @Nullable
    FieldReference reference(Ast.Field field) {
        References.Resolved resolved = references.resolve(field.name(), field.argument());
        FieldReference reference = resolved.reference();
        if (reference == null) {
            SourcePosition position = text.position(field.at());
            Problem problem = Problem.unknown(resolved.problem(), position, resolved.hint());
            problems.accept(resolved.unknown() ? problem : Problem.error(resolved.problem(), position));
            return null;
        }
        return allows(reference.field(), text.position(field.at())) ? reference : null;
    }

    public ValueExpression operand(FieldReference reference) {
        FieldDefinition field = reference.field();
        FieldType type = field.type() == FieldType.DYNAMIC ? dynamicType(reference.argument()) : field.type();
        return new ValueExpression.Slot(slots.slot(reference), type, field.list());
    }

    /// Type of `evt.rawarg.NAME`: DYNAMIC, which nothing compares with, if an event type has an address or a list of
    /// descriptors under that name; text if one has text; else a number.
    private static FieldType dynamicType(String parameter) {
        Set<ParameterType> types = EnumSet.noneOf(ParameterType.class);
        for (EventType type : EventType.values()) {
            type.parameters().stream()
                    .filter(candidate -> candidate.name().equals(parameter))
                    .map(Parameter::type)
                    .forEach(types::add);
        }
        if (!Collections.disjoint(types, ADDRESSES)) {
            return FieldType.DYNAMIC;
        }
        return Collections.disjoint(types, TEXTUAL) ? FieldType.INT64 : FieldType.STRING;
    }

    /// Resolves a transformer or `val()`; null if a problem was reported.
    @Nullable
    public ValueExpression transformed(Ast.Transformer transformer) {
        boolean val = transformer.name().equals("val");
        String argument = transformer.argument();
        if (argument != null && (val || Transformer.named(transformer.name()) != Transformer.GETOPT)) {
            error(
                    "filter error: transformer '" + transformer.name() + "' does not support field arguments",
                    transformer.at());
            return null;
        }
        return val ? input(transformer.operands().getFirst(), false) : applied(transformer);
    }

    private @Nullable ValueExpression applied(Ast.Transformer transformer) {
        Transformer kind = Transformer.named(transformer.name());
        String argument = transformer.argument();
        if (argument != null && RawText.length(argument) != 1) {
            error("getopt() field argument must be a single option character", transformer.at());
            return null;
        }
        List<ValueExpression> inputs = new ArrayList<>();
        for (Ast.Operand operand : transformer.operands()) {
            ValueExpression input = input(operand, true);
            if (input == null) {
                return null;
            }
            inputs.add(input);
        }
        String problem = TransformerTypes.problem(kind, inputs);
        if (!problem.isEmpty()) {
            error(problem, transformer.at());
            return null;
        }
        return new ValueExpression.Transformed(kind, inputs, argument == null ? "" : argument);
    }

    private @Nullable ValueExpression input(Ast.Operand operand, boolean transformer) {
        return switch (operand) {
            case Ast.Field field -> field(field, transformer);
            case Ast.Transformer inner -> transformed(inner);
            case Ast.Literal(String value, int at)
            when value.indexOf('\0') >= 0 -> {
                error("filter error: string contains a NUL character", at);
                yield null;
            }
            case Ast.Literal(String value, int at) -> new ValueExpression.Constant(value);
            case Ast.Values values -> {
                List<ValueExpression> elements = new ArrayList<>();
                for (Ast.Operand element : values.operands()) {
                    ValueExpression input = input(element, transformer);
                    if (input == null) {
                        yield null;
                    }
                    elements.add(input);
                }
                yield new ValueExpression.Collected(elements);
            }
        };
    }

    private @Nullable ValueExpression field(Ast.Field field, boolean transformer) {
        String value = references.staticValue(field.name());
        if (value != null) {
            return new ValueExpression.Constant(value);
        }
        FieldReference reference = reference(field);
        if (reference == null) {
            return null;
        }
        FieldDefinition definition = reference.field();
        if (transformer && definition.is(FieldFlag.NO_TRANSFORMER)) {
            error("field '" + definition.name() + "' does not support transformers", field.at());
            return null;
        }
        if (!transformer && definition.is(FieldFlag.NO_RHS)) {
            error("field '" + definition.name() + "' can't be used as a right-hand side field", field.at());
            return null;
        }
        return operand(reference);
    }

    private void error(String message, int at) {
        problems.accept(Problem.error(message, text.position(at)));
    }
}
