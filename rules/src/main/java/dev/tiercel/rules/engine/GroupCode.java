package dev.tiercel.rules.engine;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.tiercel.rules.ir.Ir;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/// Emits the methods of one [GroupPlan]: the strikes, in runs; the remaining terms of each rule, dispatched by
/// number; and the loop over the rules that are left.
final class GroupCode {

    private static final int EVALUATION = ConditionCode.EVALUATION;
    private static final int ROW = ConditionCode.ROW;
    private static final int CANDIDATES = 2;
    private static final int WORD = 64;
    private static final MethodTypeDesc STRIKES_OF_WORD =
            MethodTypeDesc.of(CD_long, CodeNames.EVALUATION, CodeNames.ROW, CD_long);
    private static final MethodTypeDesc STRIKES =
            CodeNames.booleanOf(CodeNames.EVALUATION, CodeNames.ROW, CodeNames.WORDS);
    private static final MethodTypeDesc STRIKE_WORD =
            MethodTypeDesc.of(CD_long, CodeNames.EVALUATION, CD_long, CodeNames.TEXTS);
    private static final MethodTypeDesc STRIKE =
            CodeNames.booleanOf(CodeNames.EVALUATION, CodeNames.WORDS, CodeNames.TEXTS);
    private static final MethodTypeDesc RESTS = CodeNames.booleanOf(CodeNames.EVALUATION, CodeNames.ROW, CD_int);
    private static final MethodTypeDesc FINISH =
            CodeNames.booleanOf(CodeNames.EVALUATION, CodeNames.ROW, CD_long, CD_boolean, CodeNames.HANDLER);

    private final RuleClass owner;
    private final ConditionCode conditions;
    private final GroupPlan plan;
    private final String name;

    GroupCode(RuleClass owner, ConditionCode conditions, GroupPlan plan, String name) {
        this.owner = owner;
        this.conditions = conditions;
        this.plan = plan;
        this.name = name;
    }

    private boolean oneWord() {
        return plan.words() == 1;
    }

    /// The group's method, [CodeNames#GROUP]: evaluation, candidates, first only, handler.
    void emit(CodeBuilder code) {
        int candidates = code.allocateLocal(oneWord() ? TypeKind.LONG : TypeKind.REFERENCE);
        int row = code.allocateLocal(TypeKind.REFERENCE);
        Label done = code.newLabel();
        code.aload(0)
                .invokevirtual(CodeNames.EVALUATION, "row", MethodTypeDesc.of(CodeNames.ROW))
                .astore(row);
        if (oneWord()) {
            code.loadConstant(RuleBits.first(plan.rules().size())[0]).lstore(candidates);
        } else {
            code.loadConstant(plan.rules().size())
                    .aload(1)
                    .invokestatic(
                            CodeNames.CANDIDATES,
                            "fill",
                            MethodTypeDesc.of(ConstantDescs.CD_void, CD_int, CodeNames.WORDS))
                    .aload(1)
                    .astore(candidates);
        }
        for (int from = 0; from < plan.strikes().size(); from += ConditionCode.MOST) {
            strikes(code, from, row, candidates, done);
        }
        for (int word = 0; word < plan.words(); word++) {
            finish(code, word, row, candidates, done);
        }
        code.labelBinding(done).return_();
    }

    private void strikes(CodeBuilder code, int from, int row, int candidates, Label done) {
        List<GroupPlan.Strike> run =
                plan.strikes().subList(from, Math.min(plan.strikes().size(), from + ConditionCode.MOST));
        String strikes = name + " strikes" + (from == 0 ? "" : " from " + from);
        owner.add(strikes, oneWord() ? STRIKES_OF_WORD : STRIKES, own -> strikes(own, run));
        code.aload(0).aload(row);
        if (oneWord()) {
            code.lload(candidates)
                    .invokestatic(owner.name(), strikes, STRIKES_OF_WORD)
                    .dup2()
                    .lstore(candidates)
                    .lconst_0()
                    .lcmp()
                    .ifeq(done);
        } else {
            code.aload(candidates).invokestatic(owner.name(), strikes, STRIKES).ifeq(done);
        }
    }

    /// A method that strikes candidates. Up to 64 candidates are a word, and it returns what is left of it; more
    /// are an array, which it modifies, returning whether any is left.
    private void strikes(CodeBuilder code, List<GroupPlan.Strike> strikes) {
        Label none = code.newLabel();
        for (GroupPlan.Strike strike : strikes) {
            switch (strike) {
                case GroupPlan.Strike.Guard(Ir term, long[] concerned) -> {
                    Label fail = code.newLabel();
                    Label next = code.newLabel();
                    skipUnlessAny(code, concerned, next);
                    conditions.emit(code, term, fail);
                    code.goto_(next).labelBinding(fail);
                    remove(code, concerned, none);
                    code.labelBinding(next);
                }
                case GroupPlan.Strike.Texts texts -> strikeByText(code, texts, none);
            }
        }
        if (oneWord()) {
            code.lload(CANDIDATES).lreturn().labelBinding(none).lconst_0().lreturn();
        } else {
            code.iconst_1().ireturn().labelBinding(none).iconst_0().ireturn();
        }
    }

    private void skipUnlessAny(CodeBuilder code, long[] concerned, Label next) {
        if (oneWord()) {
            code.lload(CANDIDATES)
                    .loadConstant(concerned[0])
                    .land()
                    .lconst_0()
                    .lcmp()
                    .ifeq(next);
        } else {
            candidatesAnd(code, concerned, "intersects");
            code.ifeq(next);
        }
    }

    private void remove(CodeBuilder code, long[] concerned, Label none) {
        if (oneWord()) {
            code.lload(CANDIDATES).loadConstant(~concerned[0]).land();
            keepLeft(code, none);
        } else {
            candidatesAnd(code, concerned, "remove");
            code.ifeq(none);
        }
    }

    private void strikeByText(CodeBuilder code, GroupPlan.Strike.Texts texts, Label none) {
        code.aload(EVALUATION);
        code.loadLocal(oneWord() ? TypeKind.LONG : TypeKind.REFERENCE, CANDIDATES);
        owner.constants().push(code, texts, CodeNames.TEXTS);
        code.invokestatic(CodeNames.CANDIDATES, "strike", oneWord() ? STRIKE_WORD : STRIKE);
        if (oneWord()) {
            keepLeft(code, none);
        } else {
            code.ifeq(none);
        }
    }

    /// Stores the candidates on the stack; jumps to `none` if none is left.
    private static void keepLeft(CodeBuilder code, Label none) {
        code.dup2().lstore(CANDIDATES).lconst_0().lcmp().ifeq(none);
    }

    private void candidatesAnd(CodeBuilder code, long[] concerned, String method) {
        code.aload(CANDIDATES);
        owner.constants().push(code, concerned, CodeNames.WORDS, () -> concerned);
        code.invokestatic(CodeNames.CANDIDATES, method, CodeNames.booleanOf(CodeNames.WORDS, CodeNames.WORDS));
    }

    private void finish(CodeBuilder code, int word, int row, int candidates, Label done) {
        String finish = name + " rules" + (word == 0 ? "" : " from " + word * WORD);
        owner.add(finish, FINISH, own -> finishOfWord(own, word, finish));
        code.aload(0).aload(row);
        if (oneWord()) {
            code.lload(candidates);
        } else {
            code.aload(candidates).loadConstant(word).laload();
        }
        code.iload(2).aload(3).invokestatic(owner.name(), finish, FINISH).ifeq(done);
    }

    /// Loops over a word of candidates: evaluation, row, candidates, first only, handler. Returns false if evaluation
    /// is to stop. Signals come first, and end nothing.
    private void finishOfWord(CodeBuilder code, int word, String finish) {
        List<Rule> rules = rules(word);
        Rule[] all = rules.toArray(Rule[]::new);
        String rests = finish + " by number";
        owner.add(rests, RESTS, own -> restByNumber(own, word));
        int rule = code.allocateLocal(TypeKind.INT);
        Label loop = code.newLabel();
        Label next = code.newLabel();
        Label end = code.newLabel();
        code.labelBinding(loop).lload(CANDIDATES).lconst_0().lcmp().ifeq(end);
        code.lload(CANDIDATES)
                .invokestatic(ConstantDescs.CD_Long, "numberOfTrailingZeros", MethodTypeDesc.of(CD_int, CD_long))
                .istore(rule);
        code.aload(EVALUATION)
                .aload(ROW)
                .iload(rule)
                .invokestatic(owner.name(), rests, RESTS)
                .ifeq(next);
        code.aload(5);
        owner.constants().push(code, all, CodeNames.RULE.arrayType());
        code.iload(rule)
                .aaload()
                .invokeinterface(
                        CodeNames.HANDLER, "onMatch", MethodTypeDesc.of(ConstantDescs.CD_void, CodeNames.RULE));
        code.iload(4).ifeq(next);
        int signals = (int) rules.stream().filter(Rule::signal).count();
        if (signals > 0) {
            code.iload(rule).loadConstant(signals).if_icmplt(next);
        }
        code.iconst_0().ireturn();
        code.labelBinding(next)
                .lload(CANDIDATES)
                .dup2()
                .lconst_1()
                .lsub()
                .land()
                .lstore(CANDIDATES)
                .goto_(loop);
        code.labelBinding(end).iconst_1().ireturn();
    }

    private List<Rule> rules(int word) {
        return plan.rules().subList(word * WORD, Math.min(plan.rules().size(), (word + 1) * WORD));
    }

    private void restByNumber(CodeBuilder code, int word) {
        List<SwitchCase> cases = new ArrayList<>();
        List<Rule> rules = rules(word);
        for (int i = 0; i < rules.size(); i++) {
            cases.add(SwitchCase.of(i, code.newLabel()));
        }
        Label none = code.newLabel();
        code.iload(CANDIDATES).tableswitch(0, rules.size() - 1, none, cases);
        for (int i = 0; i < rules.size(); i++) {
            List<Ir> rest = plan.rests().get(word * WORD + i);
            code.labelBinding(cases.get(i).target());
            if (rest.isEmpty()) {
                code.iconst_1().ireturn();
            } else {
                Rule rule = rules.get(i);
                String method =
                        owner.method(new RestOf(rule, rest), rule.name(), own -> conditions.conjunction(own, rest));
                code.aload(EVALUATION)
                        .aload(ROW)
                        .invokestatic(owner.name(), method, CodeNames.PREDICATE)
                        .ireturn();
            }
        }
        code.labelBinding(none).iconst_0().ireturn();
    }

    private record RestOf(Rule rule, List<Ir> rest) {}
}
