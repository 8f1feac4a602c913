package dev.tiercel.rules.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prints conditions on one line.
final class AstPrinter {

    private final StringBuilder out = new StringBuilder();
    private final boolean parsable;

    private AstPrinter(boolean parsable) {
        this.parsable = parsable;
    }

    /// @param parsable text that parses to an equal tree; else what Falco prints
    static String print(Ast ast, boolean parsable) {
        AstPrinter printer = new AstPrinter(parsable);
        printer.print(ast);
        return printer.out.toString();
    }

    private void print(Ast ast) {
        switch (ast) {
            case Ast.And(var terms, int at) -> join(terms, " and ");
            case Ast.Or(var terms, int at) -> join(terms, " or ");
            case Ast.Not(Ast term, int at) -> {
                out.append("not ");
                print(term);
            }
            case Ast.Macro(String name, int at) -> out.append(parsable && name.equals("not") ? "(not)" : name);
            case Ast.Exists(Ast.Operand left, int at) -> {
                operand(left, true);
                out.append(" exists");
            }
            case Ast.Check check -> check(check);
        }
    }

    private void join(List<Ast> terms, String separator) {
        out.append('(');
        for (int i = 0; i < terms.size(); i++) {
            out.append(i == 0 ? "" : separator);
            print(terms.get(i));
        }
        out.append(')');
    }

    private void check(Ast.Check check) {
        operand(check.left(), true);
        out.append(' ').append(check.symbol()).append(' ');
        if (check.modifier() != null) {
            out.append(check.modifier().text()).append(' ');
        }
        operand(check.right(), true);
    }

    private void operand(Ast.Operand operand, boolean top) {
        switch (operand) {
            case Ast.Field(String name, var argument, int at) -> {
                out.append(name);
                argument(argument);
            }
            case Ast.Transformer(String name, var operands, var argument, int at) -> {
                out.append(name).append('(');
                operands(operands, parsable ? ", " : ",", false);
                out.append(')');
                argument(argument);
            }
            case Ast.Literal(String value, int at) -> literal(value, top);
            case Ast.Values(var operands, int at) -> {
                out.append('(');
                operands(operands, ", ", top);
                out.append(')');
            }
        }
    }

    private void operands(List<Ast.Operand> operands, String separator, boolean top) {
        for (int i = 0; i < operands.size(); i++) {
            out.append(i == 0 ? "" : separator);
            operand(operands.get(i), top);
        }
    }

    private void literal(String value, boolean top) {
        if (parsable) {
            out.append(top ? Escapes.quoteIfNeeded(value) : Escapes.quote(value));
        } else {
            out.append(Escapes.print(value));
        }
    }

    private void argument(@Nullable String argument) {
        if (argument != null) {
            boolean bare = Escapes.isBare(argument) && argument.indexOf('[') < 0 && argument.indexOf(']') < 0;
            String source = bare ? argument : Escapes.quote(argument);
            out.append('[').append(parsable ? source : Escapes.print(argument)).append(']');
        }
    }
}
