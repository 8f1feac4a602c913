package dev.tiercel.rules.check;

import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.schemas.EventType;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;

/// Lowers checks of `evt.type` against constants to sets of event types, for any operator: the names are known when
/// rules are loaded. For events of other types, which files of events may have, the check of the name remains.
final class EventTypeChecks {

    private final LocatedText text;
    private final Comparisons comparisons;
    private final Consumer<Problem> problems;

    EventTypeChecks(LocatedText text, RegularExpressions expressions, Consumer<Problem> problems) {
        this.text = text;
        this.comparisons = new Comparisons(text, expressions, Feeds.NONE, problems);
        this.problems = problems;
    }

    /// Whether `field` is the event type.
    boolean concerns(Ast.Field field) {
        return field.name().equals("evt.type") && field.argument() == null;
    }

    /// Lowers `check` of `type`, the event type.
    Ir check(ValueExpression type, Ast.Check check) {
        List<Ast.Operand> values =
                check.right() instanceof Ast.Values(var operands, int at) ? operands : List.of(check.right());
        boolean valid = true;
        for (Ast.Operand value : values) {
            valid &= validate(value);
        }
        if (!valid) {
            return Ir.Constant.FALSE;
        }
        Ir named = comparisons.compare(type, check, false);
        EnumSet<EventType> types = EnumSet.noneOf(EventType.class);
        for (EventType candidate : EventType.values()) {
            if (StaticText.holds(named, candidate.eventName())) {
                types.add(candidate);
            }
        }
        return Ir.eventIs(types, named);
    }

    private boolean validate(Ast.Operand value) {
        if (value instanceof Ast.Literal(String name, int at)
                && EventType.named(name).isEmpty()) {
            if (OtherEvents.NAMES.contains(name)) {
                problems.accept(new Problem(Code.FIELD_NOT_SUPPLIED, "evt.type=" + name, text.position(at)));
                return true;
            }
            problems.accept(Problem.unknown(
                    "unknown event type " + name, text.position(at), Suggestion.of(name, References.eventTypes())));
            return false;
        }
        return true;
    }
}
