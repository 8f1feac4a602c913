package dev.tiercel.rules.engine;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

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
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Emits conditions. In every method the evaluation is in variable 0 and its row in variable 1.
///
/// Code falls through if the condition holds and jumps to a label if it does not. A condition whose result is cached
/// has a method of its own, as has any run of more than [#MOST] terms: HotSpot does not compile methods of more than
/// 8,000 bytes.
final class ConditionCode {

    static final int EVALUATION = 0;
    static final int ROW = 1;

    /// Maximum number of terms evaluated in one method.
    static final int MOST = 32;

    private static final MethodTypeDesc RESULT = MethodTypeDesc.of(CD_int, CD_int);
    private static final MethodTypeDesc KEEP = MethodTypeDesc.of(CD_boolean, CD_boolean, CD_int);

    private final RuleClass owner;
    private final Sharing sharing;

    ConditionCode(RuleClass owner, Sharing sharing) {
        this.owner = owner;
        this.sharing = sharing;
    }

    /// Falls through if `ir` holds, jumps to `fail` if not.
    void emit(CodeBuilder code, Ir ir, Label fail) {
        switch (sharing.of(ir)) {
            case Sharing.Kept.No no -> plain(code, ir, fail);
            case Sharing.Kept.ForEvent(int number) ->
                call(code, owner.method(ir, "event" + number, own -> kept(own, ir, number, "Event")), fail);
            case Sharing.Kept.ForProcess(int number) ->
                call(code, owner.method(ir, "process" + number, own -> kept(own, ir, number, "Process")), fail);
            case Sharing.Kept.InTable(TextTable table, int predicate) -> {
                code.aload(EVALUATION);
                owner.constants().push(code, table, CodeNames.TABLE, () -> table);
                code.loadConstant(predicate)
                        .invokevirtual(CodeNames.EVALUATION, "satisfies", CodeNames.booleanOf(CodeNames.TABLE, CD_int))
                        .ifeq(fail);
            }
        }
    }

    /// The body of a predicate that is the conjunction of `terms`.
    void conjunction(CodeBuilder code, List<Ir> terms) {
        Label fail = code.newLabel();
        all(code, terms, fail);
        code.iconst_1().ireturn().labelBinding(fail).iconst_0().ireturn();
    }

    private void call(CodeBuilder code, String predicate, Label fail) {
        code.aload(EVALUATION)
                .aload(ROW)
                .invokestatic(owner.name(), predicate, CodeNames.PREDICATE)
                .ifeq(fail);
    }

    /// Returns the cached result, or computes and caches it.
    private void kept(CodeBuilder code, Ir ir, int number, String scope) {
        Label unknown = code.newLabel();
        Label fail = code.newLabel();
        String known = scope.equals("Event") ? "eventResult" : "processResult";
        code.aload(EVALUATION)
                .loadConstant(number)
                .invokevirtual(CodeNames.EVALUATION, known, RESULT)
                .dup()
                .iflt(unknown)
                .ireturn()
                .labelBinding(unknown)
                .pop();
        plain(code, ir, fail);
        keep(code, true, number, "keepFor" + scope);
        code.labelBinding(fail);
        keep(code, false, number, "keepFor" + scope);
    }

    private static void keep(CodeBuilder code, boolean result, int number, String method) {
        code.aload(EVALUATION)
                .loadConstant(result ? 1 : 0)
                .loadConstant(number)
                .invokevirtual(CodeNames.EVALUATION, method, KEEP)
                .ireturn();
    }

    private void plain(CodeBuilder code, Ir ir, Label fail) {
        switch (ir) {
            case Ir.Constant(boolean value) -> {
                if (!value) {
                    code.goto_(fail);
                }
            }
            case Ir.And(var terms) -> all(code, sorted(terms, Cost::conjunctionRank), fail);
            case Ir.Or(var terms) -> any(code, sorted(terms, Cost::disjunctionRank), fail);
            case Ir.ExactlyOne(var terms) -> exactlyOne(code, terms, fail);
            case Ir.Not(Ir term) -> {
                Label pass = code.newLabel();
                emit(code, term, pass);
                code.goto_(fail).labelBinding(pass);
            }
            case Ir.EventIs event -> throw new IllegalStateException("rules are specialised first: " + event);
            case Ir.Present present -> leaf(code, present, fail);
            case Ir.TextIs text -> leaf(code, text, fail);
            case Ir.NumberIs number -> leaf(code, number, fail);
            case Ir.BytesAre(ValueExpression operand, BytesPredicate predicate) -> {
                operand(code, operand);
                owner.constants()
                        .push(code, predicate, CodeNames.BYTES_PREDICATE, () -> BytesPredicates.compile(predicate));
                invoke(code, "bytes", fail, CodeNames.ROW, CodeNames.EXPRESSION, CodeNames.BYTES_PREDICATE);
            }
            case Ir.Elements(ValueExpression operand, boolean every, TextPredicate predicate) -> {
                operand(code, operand);
                text(code, predicate);
                String name = every ? "everyElement" : "someElement";
                invoke(code, name, fail, CodeNames.ROW, CodeNames.EXPRESSION, CodeNames.TEXT_PREDICATE);
            }
            case Ir.Pair(ValueExpression left, Operator operator, ValueExpression right) -> {
                owner.constants()
                        .push(code, ir, CodeNames.CONDITION, () -> FieldComparisons.compile(left, operator, right));
                code.aload(EVALUATION)
                        .invokeinterface(CodeNames.CONDITION, "holds", CodeNames.booleanOf(CodeNames.EVALUATION))
                        .ifeq(fail);
            }
        }
    }

    private void all(CodeBuilder code, List<Ir> terms, Label fail) {
        for (List<Ir> run : runs(terms)) {
            if (run.size() == terms.size()) {
                run.forEach(term -> emit(code, term, fail));
            } else {
                call(code, owner.method(new Ir.And(run), "all", own -> conjunction(own, run)), fail);
            }
        }
    }

    private void any(CodeBuilder code, List<Ir> terms, Label fail) {
        Label pass = code.newLabel();
        for (List<Ir> run : runs(terms)) {
            if (run.size() == terms.size()) {
                alternatives(code, run, pass);
            } else {
                Label next = code.newLabel();
                call(code, owner.method(new Ir.Or(run), "any", own -> disjunction(own, run)), next);
                code.goto_(pass).labelBinding(next);
            }
        }
        code.goto_(fail).labelBinding(pass);
    }

    private void alternatives(CodeBuilder code, List<Ir> terms, Label pass) {
        for (Ir term : terms) {
            Label next = code.newLabel();
            emit(code, term, next);
            code.goto_(pass).labelBinding(next);
        }
    }

    private void disjunction(CodeBuilder code, List<Ir> terms) {
        Label pass = code.newLabel();
        alternatives(code, terms, pass);
        code.iconst_0().ireturn().labelBinding(pass).iconst_1().ireturn();
    }

    private static List<List<Ir>> runs(List<Ir> terms) {
        List<List<Ir>> runs = new ArrayList<>();
        for (int i = 0; i < terms.size(); i += MOST) {
            runs.add(terms.subList(i, Math.min(terms.size(), i + MOST)));
        }
        return runs;
    }

    private void exactlyOne(CodeBuilder code, List<Ir> terms, Label fail) {
        code.iconst_0();
        for (List<Ir> run : runs(terms)) {
            for (Ir term : run) {
                String predicate = owner.method(List.of(term), "one", own -> conjunction(own, List.of(term)));
                code.aload(EVALUATION)
                        .aload(ROW)
                        .invokestatic(owner.name(), predicate, CodeNames.PREDICATE)
                        .iadd();
            }
        }
        code.iconst_1().if_icmpne(fail);
    }

    private static List<Ir> sorted(List<Ir> terms, ToDoubleFunction<Cost> rank) {
        return terms.stream()
                .sorted(Comparator.comparingDouble(term -> rank.applyAsDouble(Cost.of(term))))
                .toList();
    }

    private void leaf(CodeBuilder code, Ir.Present present, Label fail) {
        if (present.operand() instanceof ValueExpression.Slot(int slot, var type, boolean list)) {
            code.aload(ROW)
                    .loadConstant(slot)
                    .invokeinterface(CodeNames.ROW, "present", CodeNames.booleanOf(CD_int))
                    .ifeq(fail);
            return;
        }
        operand(code, present.operand());
        code.invokestatic(
                        ValueReader.class.describeConstable().orElseThrow(),
                        "present",
                        CodeNames.booleanOf(CodeNames.ROW, CodeNames.EXPRESSION))
                .ifeq(fail);
    }

    private void leaf(CodeBuilder code, Ir.TextIs ir, Label fail) {
        if (ir.operand() instanceof ValueExpression.Slot(int slot, var type, boolean list)) {
            code.aload(ROW).loadConstant(slot);
            text(code, ir.predicate());
            invoke(code, "text", fail, CodeNames.ROW, CD_int, CodeNames.TEXT_PREDICATE);
            return;
        }
        operand(code, ir.operand());
        text(code, ir.predicate());
        invoke(code, "textOf", fail, CodeNames.ROW, CodeNames.EXPRESSION, CodeNames.TEXT_PREDICATE);
    }

    private void leaf(CodeBuilder code, Ir.NumberIs ir, Label fail) {
        if (!(ir.operand() instanceof ValueExpression.Slot(int slot, var type, boolean list))) {
            operand(code, ir.operand());
            number(code, ir.predicate());
            invoke(code, "numberOf", fail, CodeNames.ROW, CodeNames.EXPRESSION, CodeNames.NUMBER_PREDICATE);
            return;
        }
        code.aload(ROW).loadConstant(slot);
        if (ir.predicate() instanceof NumberPredicate.In(var values) && values.size() == 1) {
            code.loadConstant(values.iterator().next());
            invoke(code, "numberIs", fail, CodeNames.ROW, CD_int, CD_long);
            return;
        }
        number(code, ir.predicate());
        invoke(code, "number", fail, CodeNames.ROW, CD_int, CodeNames.NUMBER_PREDICATE);
    }

    private void operand(CodeBuilder code, ValueExpression operand) {
        code.aload(ROW);
        owner.constants().push(code, operand, CodeNames.EXPRESSION, () -> operand);
    }

    private void text(CodeBuilder code, TextPredicate predicate) {
        owner.constants().push(code, predicate, CodeNames.TEXT_PREDICATE, () -> TextPredicates.compile(predicate));
    }

    private void number(CodeBuilder code, NumberPredicate predicate) {
        owner.constants().push(code, predicate, CodeNames.NUMBER_PREDICATE, () -> NumberPredicates.compile(predicate));
    }

    private static void invoke(CodeBuilder code, String name, Label fail, ClassDesc... parameters) {
        code.invokestatic(CodeNames.VALUE_PREDICATES, name, CodeNames.booleanOf(parameters))
                .ifeq(fail);
    }
}
