package dev.tiercel.rules;

import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.Operator;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/// What a condition mentions. Each set is sorted.
final class ConditionDetails {

    final Set<String> macros = new TreeSet<>();
    final Set<String> lists = new TreeSet<>();
    final Set<String> operators = new TreeSet<>();
    final Set<String> fields = new TreeSet<>();
    final Set<String> transformers = new TreeSet<>();

    private final Predicate<String> isList;

    private ConditionDetails(Predicate<String> isList) {
        this.isList = isList;
    }

    /// Of `ast`, macros not expanded.
    static ConditionDetails of(Ast ast, Predicate<String> isList) {
        ConditionDetails details = new ConditionDetails(isList);
        details.visit(ast);
        return details;
    }

    private void visit(Ast ast) {
        switch (ast) {
            case Ast.And(var terms, int at) -> terms.forEach(this::visit);
            case Ast.Or(var terms, int at) -> terms.forEach(this::visit);
            case Ast.Not(Ast term, int at) -> visit(term);
            case Ast.Macro(String name, int at) -> macros.add(name);
            case Ast.Exists(Ast.Operand left, int at) -> {
                operators.add(Operator.EXISTS.text());
                operand(left);
            }
            case Ast.Check check -> check(check);
        }
    }

    private void check(Ast.Check check) {
        String operator = check.symbol();
        operators.add(
                check.modifier() == null
                        ? operator
                        : operator + " " + check.modifier().text());
        operand(check.left());
        if (check.right() instanceof Ast.Values(var values, int at)) {
            values.forEach(this::list);
        } else if (check.operator().kind() == Operator.Kind.LIST) {
            list(check.right());
        } else {
            operand(check.right());
        }
    }

    private void list(Ast.Operand value) {
        if (value instanceof Ast.Literal(String name, int at) && isList.test(name)) {
            lists.add(name);
        } else {
            operand(value);
        }
    }

    private void operand(Ast.Operand operand) {
        switch (operand) {
            case Ast.Field(String name, var argument, int at) ->
                fields.add(argument == null ? name : name + "[" + argument + "]");
            case Ast.Transformer transformer -> {
                transformers.add(transformer.name());
                transformer.operands().forEach(this::operand);
            }
            case Ast.Values(var operands, int at) -> operands.forEach(this::operand);
            case Ast.Literal literal -> {}
        }
    }
}
