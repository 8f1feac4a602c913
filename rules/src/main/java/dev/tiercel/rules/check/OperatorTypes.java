package dev.tiercel.rules.check;

import dev.tiercel.fields.FieldType;
import dev.tiercel.rules.syntax.Operator;
import java.util.EnumSet;
import java.util.Set;

/// Which operators apply to which types.
final class OperatorTypes {

    private static final Set<Operator> EQUALITY =
            EnumSet.of(Operator.EXISTS, Operator.EQ, Operator.NE, Operator.IN, Operator.INTERSECTS);
    private static final Set<Operator> NUMBERS = with(Operator.LT, Operator.LE, Operator.GT, Operator.GE);
    private static final Set<Operator> BYTES =
            with(Operator.CONTAINS, Operator.STARTSWITH, Operator.ENDSWITH, Operator.BCONTAINS, Operator.BSTARTSWITH);
    private static final Set<Operator> TEXTS =
            EnumSet.complementOf(EnumSet.of(Operator.BCONTAINS, Operator.BSTARTSWITH));
    private static final Set<Operator> LISTS = EnumSet.of(Operator.EXISTS, Operator.IN, Operator.INTERSECTS);

    private OperatorTypes() {}

    /// Whether `operator` applies to values of `type`, or to lists of them.
    static boolean allow(FieldType type, boolean list, Operator operator) {
        if (list) {
            return LISTS.contains(operator);
        }
        return switch (type) {
            case BOOL, IPADDR, IPNET -> EQUALITY.contains(operator);
            case STRING, FSPATH -> TEXTS.contains(operator);
            case BYTEBUF -> BYTES.contains(operator);
            case DYNAMIC -> operator == Operator.EXISTS;
            default -> NUMBERS.contains(operator);
        };
    }

    private static Set<Operator> with(Operator... more) {
        Set<Operator> operators = EnumSet.copyOf(EQUALITY);
        operators.addAll(Set.of(more));
        return operators;
    }
}
