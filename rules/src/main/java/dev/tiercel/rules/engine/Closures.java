package dev.tiercel.rules.engine;

import dev.tiercel.rules.ir.BytesPredicate;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.NumberPredicate;
import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.match.BytesPredicates;
import dev.tiercel.rules.match.NumberPredicates;
import dev.tiercel.rules.match.TextPredicates;
import dev.tiercel.rules.match.TextTable;
import dev.tiercel.rules.match.ValueReader;
import dev.tiercel.rules.syntax.Operator;
import dev.tiercel.schemas.EventType;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/// Compiles [Ir] to closures: the reference implementation. Equal conditions share one closure, and so one result per
/// event or process.
final class Closures {

    private final Sharing sharing;
    private final Map<Ir, Condition> compiled = new HashMap<>();

    Closures(Sharing sharing) {
        this.sharing = sharing;
    }

    /// Compiles an expression; its parts are shared with everything else compiled here.
    Condition compile(Ir ir) {
        Condition known = compiled.get(ir);
        if (known != null) {
            return known;
        }
        Condition condition = cached(ir);
        compiled.put(ir, condition);
        return condition;
    }

    /// Caches the result of a condition if that saves work.
    private Condition cached(Ir ir) {
        return switch (sharing.of(ir)) {
            case Sharing.Kept.No no -> plain(ir);
            case Sharing.Kept.ForEvent(int number) -> forEvent(plain(ir), number);
            case Sharing.Kept.ForProcess(int number) -> forProcess(plain(ir), number);
            case Sharing.Kept.InTable(TextTable table, int predicate) ->
                evaluation -> evaluation.satisfies(table, predicate);
        };
    }

    private static Condition forEvent(Condition condition, int number) {
        return evaluation -> {
            int known = evaluation.eventResult(number);
            return known < 0 ? evaluation.keepForEvent(condition.holds(evaluation), number) : known == 1;
        };
    }

    private static Condition forProcess(Condition condition, int number) {
        return evaluation -> {
            int known = evaluation.processResult(number);
            return known < 0 ? evaluation.keepForProcess(condition.holds(evaluation), number) : known == 1;
        };
    }

    private Condition plain(Ir ir) {
        return switch (ir) {
            case Ir.Constant(boolean value) -> evaluation -> value;
            case Ir.And(var terms) -> and(sorted(terms, Cost::conjunctionRank));
            case Ir.Or(var terms) -> or(sorted(terms, Cost::disjunctionRank));
            case Ir.ExactlyOne(var terms) ->
                exactlyOne(terms.stream().map(this::compile).toArray(Condition[]::new));
            case Ir.Not(Ir term) -> not(compile(term));
            case Ir.EventIs(var types, Ir other) -> eventIs(numbers(types), compile(other));
            case Ir.Present(ValueExpression operand) -> present(operand);
            case Ir.TextIs(ValueExpression operand, TextPredicate predicate) ->
                text(operand, TextPredicates.compile(predicate));
            case Ir.NumberIs(ValueExpression operand, NumberPredicate predicate) ->
                number(operand, NumberPredicates.compile(predicate));
            case Ir.BytesAre(ValueExpression operand, BytesPredicate predicate) ->
                bytes(operand, BytesPredicates.compile(predicate));
            case Ir.Elements(ValueExpression operand, boolean every, TextPredicate predicate) ->
                elements(operand, every, TextPredicates.compile(predicate));
            case Ir.Pair(ValueExpression left, Operator operator, ValueExpression right) ->
                FieldComparisons.compile(left, operator, right);
        };
    }

    private Condition[] sorted(List<Ir> terms, java.util.function.ToDoubleFunction<Cost> rank) {
        return terms.stream()
                .sorted(Comparator.comparingDouble(term -> rank.applyAsDouble(Cost.of(term))))
                .map(this::compile)
                .toArray(Condition[]::new);
    }

    private static Condition and(Condition[] terms) {
        if (terms.length == 2) {
            Condition first = terms[0];
            Condition second = terms[1];
            return evaluation -> first.holds(evaluation) && second.holds(evaluation);
        }
        return evaluation -> {
            for (Condition term : terms) {
                if (!term.holds(evaluation)) {
                    return false;
                }
            }
            return true;
        };
    }

    private static Condition or(Condition[] terms) {
        if (terms.length == 2) {
            Condition first = terms[0];
            Condition second = terms[1];
            return evaluation -> first.holds(evaluation) || second.holds(evaluation);
        }
        return evaluation -> {
            for (Condition term : terms) {
                if (term.holds(evaluation)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Condition exactlyOne(Condition[] terms) {
        return evaluation -> {
            int count = 0;
            for (Condition term : terms) {
                count += term.holds(evaluation) ? 1 : 0;
            }
            return count == 1;
        };
    }

    private static Condition not(Condition term) {
        return evaluation -> !term.holds(evaluation);
    }

    /// The event types as flags, indexed by number.
    private static boolean[] numbers(Iterable<EventType> types) {
        boolean[] wanted = new boolean[EventType.NUMBER_LIMIT];
        types.forEach(type -> wanted[type.number()] = true);
        return wanted;
    }

    private static Condition eventIs(boolean[] wanted, Condition other) {
        return evaluation -> {
            int type = evaluation.row().eventType();
            return EventType.ofNumber(type).isPresent() ? wanted[type] : other.holds(evaluation);
        };
    }

    private static Condition present(ValueExpression operand) {
        if (operand instanceof ValueExpression.Slot(int slot, var type, boolean list)) {
            return evaluation -> evaluation.row().present(slot);
        }
        return evaluation -> ValueReader.present(evaluation.row(), operand);
    }

    private static Condition text(ValueExpression operand, Predicate<String> predicate) {
        if (operand instanceof ValueExpression.Slot(int slot, var type, boolean list)) {
            return evaluation -> ValuePredicates.text(evaluation.row(), slot, predicate);
        }
        return evaluation -> ValuePredicates.textOf(evaluation.row(), operand, predicate);
    }

    private static Condition number(ValueExpression operand, LongPredicate predicate) {
        if (operand instanceof ValueExpression.Slot(int slot, var type, boolean list)) {
            return evaluation -> ValuePredicates.number(evaluation.row(), slot, predicate);
        }
        return evaluation -> ValuePredicates.numberOf(evaluation.row(), operand, predicate);
    }

    private static Condition bytes(ValueExpression operand, BytesPredicates.Compiled predicate) {
        return evaluation -> ValuePredicates.bytes(evaluation.row(), operand, predicate);
    }

    private static Condition elements(ValueExpression operand, boolean every, Predicate<String> predicate) {
        return every
                ? evaluation -> ValuePredicates.everyElement(evaluation.row(), operand, predicate)
                : evaluation -> ValuePredicates.someElement(evaluation.row(), operand, predicate);
    }
}
