package dev.tiercel.rules.check;

import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.schemas.EventType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Lowers checks of `evt.type` against constants to sets of event types, for any operator: the names are known when
/// rules are loaded.
final class EventTypeChecks {

    /// Event types that Falco knows but we never produce (other system calls, plugin events): rules about them load.
    private static final Set<String> OTHER_EVENTS = OtherEvents.names();

    private final LocatedText text;
    private final Comparisons comparisons;
    private final Consumer<Problem> problems;

    EventTypeChecks(LocatedText text, RegularExpressions expressions, Consumer<Problem> problems) {
        this.text = text;
        this.comparisons = new Comparisons(text, expressions, problems);
        this.problems = problems;
    }

    /// Whether `field` is the event type.
    boolean concerns(Ast.Field field) {
        return field.name().equals("evt.type") && field.argument() == null;
    }

    Ir check(Ast.Check check) {
        List<Ast.Operand> values =
                check.right() instanceof Ast.Values(var operands, int at) ? operands : List.of(check.right());
        boolean valid = true;
        for (Ast.Operand value : values) {
            valid &= validate(value);
        }
        if (!valid) {
            return Ir.Constant.FALSE;
        }
        ValueExpression type = new ValueExpression.Constant("evt.type");
        Ir generic = comparisons.compare(type, check, false);
        EnumSet<EventType> types = EnumSet.noneOf(EventType.class);
        for (EventType candidate : EventType.values()) {
            if (StaticText.holds(generic, candidate.eventName())) {
                types.add(candidate);
            }
        }
        return new Ir.EventIs(types);
    }

    private boolean validate(Ast.Operand value) {
        if (value instanceof Ast.Literal(String name, int at)
                && EventType.named(name).isEmpty()) {
            if (OTHER_EVENTS.contains(name)) {
                problems.accept(new Problem(Code.FIELD_NOT_SUPPLIED, "evt.type=" + name, text.position(at)));
                return true;
            }
            problems.accept(Problem.unknown("unknown event type " + name, text.position(at), suggestion(name)));
            return false;
        }
        return true;
    }

    /// Suggests an event type for the unknown `name`.
    private static String suggestion(String name) {
        return Suggestion.of(
                name,
                Arrays.stream(EventType.values()).map(EventType::eventName).toList());
    }
}
