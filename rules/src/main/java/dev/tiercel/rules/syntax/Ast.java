package dev.tiercel.rules.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The syntax tree of a condition: names, not slots; each node has its start index in its `LocatedText`.
public sealed interface Ast {

    /// Index of its first character.
    int at();

    /// The condition on one line, as text that parses to an equal tree.
    default String source() {
        return AstPrinter.print(this, true);
    }

    /// The condition on one line, as Falco prints a compiled one.
    default String print() {
        return AstPrinter.print(this, false);
    }

    /// Every term holds.
    record And(List<Ast> terms, int at) implements Ast {
        public And {
            terms = List.copyOf(terms);
        }
    }

    /// Some term holds.
    record Or(List<Ast> terms, int at) implements Ast {
        public Or {
            terms = List.copyOf(terms);
        }
    }

    /// The term does not hold.
    record Not(Ast term, int at) implements Ast {}

    /// A macro.
    record Macro(String name, int at) implements Ast {}

    /// `operand exists`.
    record Exists(Operand left, int at) implements Ast {}

    /// `operand operator value`.
    ///
    /// @param symbol the operator as written: `==` and `=` are one operator
    record Check(
            Operand left, Operator operator, String symbol, Operator.@Nullable Modifier modifier, Operand right, int at)
            implements Ast {

        /// With the usual symbol.
        public Check(Operand left, Operator operator, Operator.@Nullable Modifier modifier, Operand right, int at) {
            this(left, operator, operator.text(), modifier, right, at);
        }
    }

    /// What a check compares.
    sealed interface Operand {
        /// Index of its first character.
        int at();
    }

    /// `name` or `name[argument]`.
    ///
    /// @param argument null: none given
    record Field(String name, @Nullable String argument, int at) implements Operand {}

    /// `name(operands)` or `name(operands)[argument]`.
    record Transformer(
            String name, List<Operand> operands, @Nullable String argument, int at) implements Operand {
        public Transformer {
            operands = List.copyOf(operands);
        }

        /// The same with another argument.
        Transformer with(@Nullable String other) {
            return new Transformer(name, operands, other, at);
        }
    }

    /// A string or number, without its quotes and escapes.
    record Literal(String value, int at) implements Operand {}

    /// `(a, b)`, of literals, or inside a transformer of any operands.
    record Values(List<Operand> operands, int at) implements Operand {
        public Values {
            operands = List.copyOf(operands);
        }
    }
}
