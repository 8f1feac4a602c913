package dev.tiercel.rules;

import dev.tiercel.rules.field.Row;
import dev.tiercel.schemas.EventType;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/// Compiles [Ir] to closures: the reference of what it means. Equal conditions share one closure, and so one result per
/// event or process.
final class Closures {

    private final Scopes scopes;
    private final Map<Ir, Integer> uses;
    private final Map<Ir, Condition> compiled = new HashMap<>();
    private int eventPredicates;
    private int processPredicates;

    /// @param uses how often each condition occurs, [Uses#count]
    Closures(Scopes scopes, Map<Ir, Integer> uses) {
        this.scopes = scopes;
        this.uses = uses;
    }

    /// The condition of an expression; its parts are shared with all others compiled here.
    Condition compile(Ir ir) {
        Condition known = compiled.get(ir);
        if (known != null) {
            return known;
        }
        Condition condition = remembered(ir, plain(ir));
        compiled.put(ir, condition);
        return condition;
    }

    Evaluation newEvaluation() {
        return new Evaluation(eventPredicates, processPredicates);
    }

    /// Gives a condition a memory if that saves work.
    private Condition remembered(Ir ir, Condition condition) {
        if (ir instanceof Ir.Constant || ir instanceof Ir.Not || ir instanceof Ir.EventIs) {
            return condition;
        }
        if (scopes.processOnly(ir)) {
            int number = processPredicates++;
            return evaluation -> evaluation.processPredicate(number, condition);
        }
        if (uses.getOrDefault(ir, 0) > 1 && Cost.of(ir).work() > 1) {
            int number = eventPredicates++;
            return evaluation -> evaluation.eventPredicate(number, condition);
        }
        return condition;
    }

    private Condition plain(Ir ir) {
        return switch (ir) {
            case Ir.Constant(boolean value) -> evaluation -> value;
            case Ir.And(var terms) -> and(sorted(terms, Cost::conjunctionRank));
            case Ir.Or(var terms) -> or(sorted(terms, Cost::disjunctionRank));
            case Ir.ExactlyOne(var terms) ->
                exactlyOne(terms.stream().map(this::compile).toArray(Condition[]::new));
            case Ir.Not(Ir term) -> not(compile(term));
            case Ir.EventIs(var types) -> eventIs(types);
            case Ir.Present(Source source) -> present(source);
            case Ir.TextIs(Source source, TextTest test) -> text(source, TextTests.compile(test));
            case Ir.NumberIs(Source source, NumberTest test) -> number(source, NumberTests.compile(test));
            case Ir.BytesAre(Source source, BytesTest test) -> bytes(source, BytesTests.compile(test));
            case Ir.Elements(Source source, boolean every, TextTest test) ->
                elements(source, every, TextTests.compile(test));
            case Ir.Pair(Source left, Operator operator, Source right) -> Pairs.compile(left, operator, right);
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

    private static Condition eventIs(Iterable<EventType> types) {
        boolean[] wanted = new boolean[EventType.NUMBER_LIMIT];
        types.forEach(type -> wanted[type.number()] = true);
        return evaluation -> {
            int type = evaluation.row().eventType();
            return type >= 0 && type < wanted.length && wanted[type];
        };
    }

    private static Condition present(Source source) {
        if (source instanceof Source.Slot(int slot, var type, boolean list)) {
            return evaluation -> evaluation.row().present(slot);
        }
        return evaluation -> Values.present(evaluation.row(), source);
    }

    private static Condition text(Source source, Predicate<String> test) {
        if (source instanceof Source.Slot(int slot, var type, boolean list)) {
            return evaluation -> {
                String value = evaluation.row().text(slot);
                return value != null && test.test(value);
            };
        }
        return evaluation -> {
            String value = Values.text(evaluation.row(), source);
            return value != null && test.test(value);
        };
    }

    private static Condition number(Source source, LongPredicate test) {
        if (source instanceof Source.Slot(int slot, var type, boolean list)) {
            return evaluation -> {
                Row row = evaluation.row();
                return row.present(slot) && test.test(row.number(slot));
            };
        }
        return evaluation -> {
            Row row = evaluation.row();
            return Values.present(row, source) && test.test(Values.number(row, source));
        };
    }

    private static Condition bytes(Source source, BytesTests.Compiled test) {
        return evaluation -> {
            byte[] value = Values.bytes(evaluation.row(), source);
            return value != null && test.test(value);
        };
    }

    private static Condition elements(Source source, boolean every, Predicate<String> test) {
        return evaluation -> {
            List<String> values = Values.texts(evaluation.row(), source);
            if (values == null || values.isEmpty()) {
                return false;
            }
            for (int i = 0; i < values.size(); i++) {
                if (test.test(values.get(i)) != every) {
                    return !every;
                }
            }
            return every;
        };
    }
}
