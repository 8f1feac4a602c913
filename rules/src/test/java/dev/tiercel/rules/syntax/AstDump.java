package dev.tiercel.rules.syntax;

import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.SourcePosition;
import java.util.stream.Collectors;

/// Prints condition trees with the position of every node, one node per line.
public final class AstDump {

    private final LocatedText text;
    private final StringBuilder out = new StringBuilder();

    private AstDump(LocatedText text) {
        this.text = text;
    }

    /// Prints `ast`, whose text is `text`.
    public static String dump(Ast ast, LocatedText text) {
        AstDump dump = new AstDump(text);
        dump.node(ast, 0);
        return dump.out.toString();
    }

    private void node(Ast ast, int depth) {
        SourcePosition position = text.position(ast.at());
        out.append("%3d:%-3d %s".formatted(position.line(), position.column(), "  ".repeat(depth)));
        switch (ast) {
            case Ast.And(var terms, int at) -> nodes("and", terms, depth);
            case Ast.Or(var terms, int at) -> nodes("or", terms, depth);
            case Ast.Not(Ast term, int at) -> {
                out.append("not\n");
                node(term, depth + 1);
            }
            case Ast.Macro(String name, int at) ->
                out.append("macro ").append(name).append('\n');
            case Ast.Exists(Ast.Operand left, int at) ->
                out.append("exists ").append(operand(left)).append('\n');
            case Ast.Check check -> {
                out.append(check.operator().text());
                out.append(
                        check.modifier() == null ? "" : " " + check.modifier().text());
                out.append(' ').append(operand(check.left()));
                out.append(' ').append(operand(check.right())).append('\n');
            }
        }
    }

    private void nodes(String name, Iterable<Ast> terms, int depth) {
        out.append(name).append('\n');
        terms.forEach(term -> node(term, depth + 1));
    }

    private String operand(Ast.Operand operand) {
        return switch (operand) {
            case Ast.Field(String name, var argument, int at) ->
                name + (argument == null ? "" : "[" + Escapes.quoteIfNeeded(argument) + "]");
            case Ast.Transformer(String name, var operands, var argument, int at) ->
                operands.stream().map(this::operand).collect(Collectors.joining(", ", name + "(", ")"))
                        + (argument == null ? "" : "[" + argument + "]");
            case Ast.Literal(String value, int at) -> Escapes.quote(value);
            case Ast.Values(var operands, int at) ->
                operands.stream().map(this::operand).collect(Collectors.joining(", ", "(", ")"));
        };
    }
}
