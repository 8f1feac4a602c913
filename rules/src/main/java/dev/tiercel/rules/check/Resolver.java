package dev.tiercel.rules.check;

import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.Operator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Checks a condition and lowers it to [Ir]. Reports all problems; an invalid part becomes [Ir.Constant#FALSE].
final class Resolver {

    /// Supplies macros.
    interface Macros {
        /// The lowered macro; null if its problems were reported.
        @Nullable
        Ir macro(Ast.Macro use, LocatedText text);
    }

    /// What the conditions of a rule set share.
    record Shared(Macros macros, RegularExpressions expressions, Feeds feeds) {}

    private final LocatedText text;
    private final Macros macros;
    private final References references;
    private final Consumer<Problem> problems;
    private final Operands operands;
    private final Comparisons comparisons;
    private final EventTypeChecks eventTypes;

    private Resolver(
            LocatedText text,
            References references,
            FieldSlots.Builder slots,
            Shared shared,
            Consumer<Problem> problems) {
        this.text = text;
        this.macros = shared.macros();
        this.references = references;
        this.problems = problems;
        this.operands = new Operands(references, slots, text, problems, FieldUse.CONDITION);
        this.comparisons = new Comparisons(text, shared.expressions(), shared.feeds(), problems);
        this.eventTypes = new EventTypeChecks(text, shared.expressions(), problems);
    }

    /// Lowers the condition `ast`, whose text is `text`.
    static Ir resolve(
            Ast ast,
            LocatedText text,
            References references,
            FieldSlots.Builder slots,
            Shared shared,
            Consumer<Problem> problems) {
        return new Resolver(text, references, slots, shared, problems).lower(ast);
    }

    private Ir lower(Ast ast) {
        return switch (ast) {
            case Ast.And(var terms, int at) -> Ir.and(lowerAll(terms));
            case Ast.Or(var terms, int at) -> Ir.or(lowerAll(terms));
            case Ast.Not(Ast term, int at) -> Ir.not(lower(term));
            case Ast.Macro macro -> {
                Ir ir = macros.macro(macro, text);
                yield ir == null ? Ir.Constant.FALSE : ir;
            }
            case Ast.Exists(Ast.Operand left, int at) -> exists(left);
            case Ast.Check check -> check(withField(check));
        };
    }

    private List<Ir> lowerAll(List<Ast> terms) {
        List<Ir> lowered = new ArrayList<>(terms.size());
        for (Ast term : terms) {
            lowered.add(lower(term));
        }
        return lowered;
    }

    private Ir exists(Ast.Operand left) {
        return lowerOn(left, operand -> new Ir.Present(operand));
    }

    /// The check with `val()` around a right-hand side that means a field.
    private Ast.Check withField(Ast.Check check) {
        if (!(check.right() instanceof Ast.Literal(String value, int at))
                || !PAIRED.contains(check.operator())
                || !references.scope().isValue(value)) {
            return check;
        }
        Ast.Field field = new Ast.Field(value, null, at);
        Ast.Transformer right = new Ast.Transformer("val", List.of(field), null, at);
        return new Ast.Check(check.left(), check.operator(), check.symbol(), check.modifier(), right, check.at());
    }

    private Ir check(Ast.Check check) {
        boolean constant = !(check.right() instanceof Ast.Transformer);
        if (check.left() instanceof Ast.Field field
                && constant
                && references.scope().ofEvents()
                && eventTypes.concerns(field)
                && references.isField(field.name())) {
            return lowerOn(field, type -> eventTypes.check(type, check));
        }
        UnsafeComparison.check(check, text, problems);
        ValueWarnings.check(check, references, text, problems);
        if (check.right() instanceof Ast.Transformer transformer) {
            return pair(check, transformer);
        }
        return lowerOn(check.left(), operand -> comparisons.compare(operand, check, anyElement(check.left())));
    }

    /// Lowers a check for one operand.
    private interface Lowering {
        Ir on(ValueExpression operand);
    }

    /// Lowers a check on `left`, or on each of its two endpoints.
    private Ir lowerOn(Ast.Operand left, Lowering lowering) {
        if (left instanceof Ast.Transformer transformer) {
            ValueExpression operand = operands.transformed(transformer);
            return operand == null ? Ir.Constant.FALSE : lowering.on(operand);
        }
        Ast.Field field = (Ast.Field) left;
        String value = references.staticValue(field.name());
        if (value != null) {
            Ir ir = lowering.on(new ValueExpression.Constant(value));
            return StaticText.decidable(ir) ? (StaticText.holds(ir, value) ? Ir.Constant.TRUE : Ir.Constant.FALSE) : ir;
        }
        FieldReference reference = operands.reference(field);
        if (reference == null) {
            return Ir.Constant.FALSE;
        }
        if (reference.field().is(FieldFlag.EITHER_END)) {
            return eitherEnd(field, lowering);
        }
        return lowering.on(operands.operand(reference));
    }

    /// Expands `fd.ip op x`, also after the name of a step, to the client's `fd.cip` and the server's `fd.sip`: for
    /// a negated comparison both must hold, where present.
    private Ir eitherEnd(Ast.Field field, Lowering lowering) {
        List<Ir> terms = new ArrayList<>();
        for (String end : List.of("c", "s")) {
            int at = field.name().lastIndexOf("fd.") + "fd.".length();
            String name = field.name().substring(0, at) + end + field.name().substring(at);
            FieldReference reference = operands.reference(new Ast.Field(name, field.argument(), field.at()));
            if (reference == null) {
                return Ir.Constant.FALSE;
            }
            terms.add(lowering.on(operands.operand(reference)));
        }
        return Endpoints.either(terms);
    }

    private boolean anyElement(Ast.Operand left) {
        if (!(left instanceof Ast.Field field) || field.argument() != null) {
            return false;
        }
        FieldReference reference = references.resolve(field.name(), null).reference();
        return reference != null
                && reference.argument().isEmpty()
                && reference.field().is(FieldFlag.ANY_WITHOUT_ARGUMENT);
    }

    private Ir pair(Ast.Check check, Ast.Transformer transformer) {
        ValueExpression right = operands.transformed(transformer);
        if (right == null) {
            return Ir.Constant.FALSE;
        }
        if (check.left() instanceof Ast.Field field) {
            FieldReference reference =
                    references.resolve(field.name(), field.argument()).reference();
            if (reference != null && reference.field().is(FieldFlag.NO_RHS)) {
                String message = "field '" + reference.field().name() + "' doesn't support right-hand side fields";
                problems.accept(Problem.error(message, text.position(field.at())));
                return Ir.Constant.FALSE;
            }
        }
        return lowerOn(check.left(), left -> comparisons.pair(left, right, check));
    }

    /// Operators that accept a field on the right-hand side.
    static final EnumSet<Operator> PAIRED =
            EnumSet.complementOf(EnumSet.of(Operator.REGEX, Operator.PMATCH, Operator.EXISTS));
}
