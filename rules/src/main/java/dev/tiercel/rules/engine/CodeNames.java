package dev.tiercel.rules.engine;

import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.match.BytesPredicates;
import dev.tiercel.rules.match.TextTable;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.function.LongPredicate;
import java.util.function.Predicate;

/// Descriptors of what generated code calls.
final class CodeNames {

    static final ClassDesc EVALUATION = of(Evaluation.class);
    static final ClassDesc ROW = of(dev.tiercel.fields.Row.class);
    static final ClassDesc VALUE_PREDICATES = of(ValuePredicates.class);
    static final ClassDesc TABLE = of(TextTable.class);
    static final ClassDesc CANDIDATES = of(RuleBits.class);
    static final ClassDesc TEXTS = of(GroupPlan.Strike.Texts.class);
    static final ClassDesc RULE = of(Rule.class);
    static final ClassDesc HANDLER = of(MatchHandler.class);
    static final ClassDesc RULE_CODE = of(RuleCode.class);
    static final ClassDesc EXPRESSION = of(ValueExpression.class);
    static final ClassDesc CONDITION = of(Condition.class);
    static final ClassDesc BYTES_PREDICATE = of(BytesPredicates.Compiled.class);
    static final ClassDesc TEXT_PREDICATE = of(Predicate.class);
    static final ClassDesc NUMBER_PREDICATE = of(LongPredicate.class);
    static final ClassDesc WORDS = ConstantDescs.CD_long.arrayType();

    /// A condition, given the evaluation and its row.
    static final MethodTypeDesc PREDICATE = booleanOf(EVALUATION, ROW);

    /// [RuleCode#evaluate].
    static final MethodTypeDesc EVALUATE = MethodTypeDesc.of(
            ConstantDescs.CD_void, ConstantDescs.CD_int, EVALUATION, WORDS, ConstantDescs.CD_boolean, HANDLER);

    /// The same for one group.
    static final MethodTypeDesc GROUP =
            MethodTypeDesc.of(ConstantDescs.CD_void, EVALUATION, WORDS, ConstantDescs.CD_boolean, HANDLER);

    private CodeNames() {}

    static MethodTypeDesc booleanOf(ClassDesc... parameters) {
        return MethodTypeDesc.of(ConstantDescs.CD_boolean, parameters);
    }

    private static ClassDesc of(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }
}
