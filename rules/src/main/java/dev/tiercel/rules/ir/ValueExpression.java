package dev.tiercel.rules.ir;

import dev.tiercel.fields.FieldType;
import dev.tiercel.rules.syntax.Transformer;
import java.util.List;
import java.util.stream.IntStream;

/// An expression for the value that a predicate is applied to.
public sealed interface ValueExpression {

    /// Type of the value, or of its elements.
    FieldType type();

    /// Whether the value is a list.
    boolean list();

    /// Its inputs; empty for a field or a constant.
    default List<ValueExpression> inputs() {
        return List.of();
    }

    /// The slots of all fields in it.
    default IntStream slots() {
        return inputs().stream().flatMapToInt(ValueExpression::slots);
    }

    /// A field.
    record Slot(int slot, FieldType type, boolean list) implements ValueExpression {
        @Override
        public IntStream slots() {
            return IntStream.of(slot);
        }
    }

    /// The result of a transformer; absent if an input is absent.
    ///
    /// @param argument of getopt: the requested option; empty: none
    record Transformed(Transformer transformer, List<ValueExpression> inputs, String argument)
            implements ValueExpression {
        public Transformed {
            inputs = List.copyOf(inputs);
        }

        @Override
        public FieldType type() {
            return transformer == Transformer.LEN ? FieldType.UINT64 : resultType();
        }

        private FieldType resultType() {
            return transformer.keepsType() ? inputs.getFirst().type() : FieldType.STRING;
        }

        @Override
        public boolean list() {
            return transformer == Transformer.GETOPT
                    ? argument.isEmpty()
                    : transformer.keepsType() && inputs.getFirst().list();
        }
    }

    /// A string in the arguments of a transformer.
    record Constant(String value) implements ValueExpression {
        @Override
        public FieldType type() {
            return FieldType.STRING;
        }

        @Override
        public boolean list() {
            return false;
        }
    }

    /// A list in the arguments of a transformer.
    record Collected(List<ValueExpression> elements) implements ValueExpression {
        public Collected {
            elements = List.copyOf(elements);
        }

        @Override
        public List<ValueExpression> inputs() {
            return elements;
        }

        @Override
        public FieldType type() {
            return FieldType.STRING;
        }

        @Override
        public boolean list() {
            return true;
        }
    }
}
