package dev.tiercel.ruletools.conformance;

import dev.tiercel.rules.syntax.Ast;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Maps the mock fields of Falco's tests to fields of ours: `c.true` and `c.false` are true and
/// false whatever they are compared with, `c.singlequote`, `c.doublequote` and `c.buffer` have a value.
final class MockFields {

    private static final String PRESENT = "proc.name";
    private static final String ABSENT = "proc.exe";
    private static final Map<String, String> NAMES = Map.of(
            "c.true", PRESENT,
            "c.false", ABSENT,
            "c.singlequote", "proc.cwd",
            "c.doublequote", "proc.cmdline",
            "c.buffer", "evt.buffer");

    /// The event that they see.
    static final Map<String, Object> EVENT =
            Map.of(PRESENT, "1", "proc.cwd", "hello 'quoted'", "proc.cmdline", "hello \"quoted\"");

    private MockFields() {}

    /// `ast` with fields of ours of the same types.
    static Ast named(Ast ast) {
        return switch (ast) {
            case Ast.And(var terms, int at) ->
                new Ast.And(terms.stream().map(MockFields::named).toList(), at);
            case Ast.Or(var terms, int at) ->
                new Ast.Or(terms.stream().map(MockFields::named).toList(), at);
            case Ast.Not(Ast term, int at) -> new Ast.Not(named(term), at);
            case Ast.Macro macro -> macro;
            case Ast.Exists(Ast.Operand left, int at) -> new Ast.Exists(operand(left), at);
            case Ast.Check(var left, var operator, var symbol, var modifier, var right, int at) ->
                new Ast.Check(operand(left), operator, symbol, modifier, operand(right), at);
        };
    }

    /// `ast` with the checks of `c.true` and `c.false` decided.
    static Ast decided(Ast ast) {
        return switch (ast) {
            case Ast.And(var terms, int at) ->
                new Ast.And(terms.stream().map(MockFields::decided).toList(), at);
            case Ast.Or(var terms, int at) ->
                new Ast.Or(terms.stream().map(MockFields::decided).toList(), at);
            case Ast.Not(Ast term, int at) -> new Ast.Not(decided(term), at);
            case Ast.Macro macro -> macro;
            case Ast.Exists(Ast.Operand left, int at) -> decided(left, ast, at);
            case Ast.Check check -> decided(check.left(), check, check.at());
        };
    }

    private static Ast decided(Ast.Operand left, Ast check, int at) {
        if (left instanceof Ast.Field(String name, var argument, int fieldAt)
                && (name.equals("c.true") || name.equals("c.false"))) {
            return new Ast.Exists(operand(left), at);
        }
        return named(check);
    }

    private static Ast.Operand operand(Ast.Operand operand) {
        return switch (operand) {
            case Ast.Field(String name, var argument, int at) ->
                new Ast.Field(Optional.ofNullable(NAMES.get(name)).orElse(name), argument, at);
            case Ast.Transformer(String name, var operands, var argument, int at) ->
                new Ast.Transformer(name, operands(operands), argument, at);
            case Ast.Values(var operands, int at) -> new Ast.Values(operands(operands), at);
            case Ast.Literal literal -> literal;
        };
    }

    private static List<Ast.Operand> operands(List<Ast.Operand> operands) {
        List<Ast.Operand> renamed = new ArrayList<>();
        operands.forEach(operand -> renamed.add(operand(operand)));
        return renamed;
    }
}
