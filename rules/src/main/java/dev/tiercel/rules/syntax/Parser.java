package dev.tiercel.rules.syntax;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.SyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses conditions by recursive descent.
///
/// ```
/// Expr             ::= AndExpr ('or' Tail(AndExpr))*
/// AndExpr          ::= NotExpr ('and' Tail(NotExpr))*
/// Tail(X)          ::= BLANK X | '(' Expr ')'
/// NotExpr          ::= ('not' BLANK)* ('not(' Expr ')' | Check)
/// Check            ::= '(' Expr ')' | Field Condition | Transformer Condition | Identifier      -- a macro
/// Condition        ::= 'exists'
///                    | NumOp (Number | TransformerOrVal)
///                    | StrOp (BLANK Modifier (List | Identifier) | TransformerOrVal | String)
///                    | ListOp (List | TransformerOrVal | Identifier)
/// Field            ::= FieldName ('[' (Quoted | FieldArgument) ']')?                         -- '[' touches the name
/// Transformer      ::= TransformerName '(' Arg (',' Arg)* ')' ('[' (Quoted | FieldArgument) ']')?
/// Arg              ::= Item | '(' (Item (',' Item)*)? ')'
/// Item             ::= Transformer | Field | Quoted | Number
/// TransformerOrVal ::= Transformer | 'val(' Field ')' ('[' (Quoted | FieldArgument) ']')?
/// List             ::= '(' (String (',' String)*)? ')'
/// String           ::= Quoted | Bare
/// NumOp            ::= '<' | '<=' | '>' | '>='
/// StrOp            ::= '=' | '==' | '!=' | ('contains' | 'icontains' | 'bcontains' | 'startswith' | 'bstartswith'
///                    | 'endswith' | 'glob' | 'iglob' | 'regex') BLANK
/// ListOp           ::= 'in' | 'intersects' | 'pmatch'
/// Modifier         ::= ('anyof' | 'oneof' | 'allof') BLANK
/// Identifier       ::= [a-zA-Z][a-zA-Z0-9_]*
/// FieldName        ::= Identifier ('.' Identifier)+
/// FieldArgument    ::= [^][" '\s]+
/// Bare             ::= [^()"'\s=,]+
/// Number           ::= 0[xX][0-9a-fA-F]+ | [+-]?[0-9]+[.]?[0-9]*([eE][+-][0-9]+)?
/// BLANK            ::= space, tab, \b, \r, \n
/// ```
/// There are no reserved words; everything is case-sensitive; blanks between tokens are optional.
public final class Parser {

    private static final List<String> NUMERIC = List.of("<=", "<", ">=", ">");
    private static final List<String> EQUALITY = List.of("==", "=", "!=");
    private static final List<String> LIST = List.of("intersects", "in", "pmatch");

    private final Lexer lexer;
    private final OperandParser operands;
    private final int depthLimit;
    private int depth;

    private Parser(Lexer lexer, int depthLimit) {
        this.lexer = lexer;
        this.operands = new OperandParser(lexer);
        this.depthLimit = depthLimit;
    }

    /// Parses the condition `text` of an item at `position`.
    ///
    /// @throws ProblemException if it does not parse; at `position` if it is empty
    public static Ast condition(LocatedText text, SourcePosition position) throws ProblemException {
        if (text.length() == 0) {
            throw new ProblemException(Code.LOAD_ERR_COMPILE_CONDITION, "filter input string is empty", position);
        }
        try {
            return parse(text);
        } catch (SyntaxException problem) {
            // At the end of the text: the line after it would show nothing.
            int end = text.value().stripTrailing().length();
            SourcePosition at = text.position(Math.min(problem.at(), end));
            throw new ProblemException(Code.LOAD_ERR_COMPILE_CONDITION, problem.message(), at);
        }
    }

    /// Parses a condition.
    public static Ast parse(LocatedText condition) throws SyntaxException {
        return parse(condition, Limits.CONDITION_DEPTH);
    }

    public static Ast parse(LocatedText condition, int depthLimit) throws SyntaxException {
        if (condition.length() == 0) {
            throw new SyntaxException("filter input string is empty", 0);
        }
        int nul = condition.value().indexOf('\0');
        if (nul >= 0) {
            throw new SyntaxException("string contains a NUL character", nul);
        }
        Lexer lexer = new Lexer(condition, 0);
        Parser parser = new Parser(lexer, depthLimit);
        Ast ast = parser.or();
        if (!lexer.atEnd()) {
            throw lexer.problem("unexpected token after '" + lexer.token() + "', expecting 'or', 'and'");
        }
        return ast;
    }

    /// What stands within other text, and the index after it.
    public record Partial<T>(T value, int end) {}

    /// Parses the transformer that starts at `from`. A bracket after it that is no argument is not part of it.
    public static Partial<Ast.Transformer> parseTransformer(LocatedText text, int from) throws SyntaxException {
        Lexer lexer = new Lexer(text, from);
        Ast.Transformer transformer = new OperandParser(lexer).tryCall(0);
        if (transformer == null) {
            throw lexer.problem("expected a transformer");
        }
        Partial<String> argument =
                transformer.name().equals(Transformer.GETOPT.text()) ? argument(text, lexer.at()) : null;
        return argument == null
                ? new Partial<>(transformer, lexer.at())
                : new Partial<>(transformer.with(argument.value()), argument.end());
    }

    /// Parses the argument in brackets at `from`; null: there is none, or what is in the brackets cannot be one.
    public static @Nullable Partial<String> argument(LocatedText text, int from) {
        Lexer lexer = new Lexer(text, from);
        try {
            String argument = new OperandParser(lexer).argument();
            return argument == null ? null : new Partial<>(argument, lexer.at());
        } catch (SyntaxException e) {
            return null;
        }
    }

    private Ast or() throws SyntaxException {
        enter();
        int at = start();
        List<Ast> terms = new ArrayList<>();
        terms.add(and());
        lexer.blank();
        while (lexer.tryString("or")) {
            terms.add(tail("or"));
            lexer.blank();
        }
        depth--;
        return terms.size() == 1 ? terms.getFirst() : new Ast.Or(terms, at);
    }

    private Ast and() throws SyntaxException {
        int at = start();
        List<Ast> terms = new ArrayList<>();
        terms.add(not());
        lexer.blank();
        while (lexer.tryString("and")) {
            terms.add(tail("and"));
            lexer.blank();
        }
        return terms.size() == 1 ? terms.getFirst() : new Ast.And(terms, at);
    }

    /// The operand of `and` or `or`.
    private Ast tail(String keyword) throws SyntaxException {
        if (lexer.blank()) {
            return keyword.equals("or") ? and() : not();
        }
        if (lexer.tryString("(")) {
            return parenthesised();
        }
        throw lexer.problem("expected blank or '(' after '" + keyword + "'");
    }

    private Ast not() throws SyntaxException {
        int at = start();
        boolean negated = false;
        while (lexer.tryWord("not")) {
            lexer.blank();
            negated = !negated;
        }
        Ast term;
        if (lexer.tryString("not(")) {
            negated = !negated;
            term = parenthesised();
        } else {
            term = check();
        }
        return negated ? new Ast.Not(term, at) : term;
    }

    /// The rest of an expression after its `(`.
    private Ast parenthesised() throws SyntaxException {
        Ast ast = or();
        lexer.blank();
        if (!lexer.tryString(")")) {
            throw lexer.problem("expected a ')' token");
        }
        return ast;
    }

    private Ast check() throws SyntaxException {
        int at = start();
        if (lexer.tryString("(")) {
            return parenthesised();
        }
        if (lexer.tryFieldName()) {
            return condition(operands.field(at), at);
        }
        Ast.Operand transformer = operands.tryTransformer();
        if (transformer != null) {
            return condition(transformer, at);
        }
        if (lexer.tryIdentifier()) {
            return new Ast.Macro(lexer.token(), at);
        }
        throw lexer.problem("expected a '(' token, a field check, or an identifier");
    }

    private Ast condition(Ast.Operand left, int at) throws SyntaxException {
        lexer.blank();
        if (lexer.tryString("exists")) {
            return new Ast.Exists(left, at);
        }
        if (lexer.tryOneOf(NUMERIC)) {
            return new Ast.Check(left, operator(), null, operands.number(), at);
        }
        if (lexer.tryOneOf(EQUALITY) || tryWordOperator()) {
            String symbol = lexer.token();
            Operator operator = operator();
            Operator.Modifier modifier = operands.tryModifier();
            Ast.Operand right = modifier == null ? operands.string() : operands.listOrName();
            return new Ast.Check(left, operator, symbol, modifier, right, at);
        }
        if (lexer.tryOneOf(LIST)) {
            return new Ast.Check(left, operator(), null, operands.list(), at);
        }
        throw lexer.problem("expected a valid check operator: one of '" + String.join("', '", Operator.texts()) + "'");
    }

    private boolean tryWordOperator() {
        for (Operator operator : Operator.values()) {
            if (operator.kind() == Operator.Kind.STRING && operator.isWord() && lexer.tryWord(operator.text())) {
                return true;
            }
        }
        return false;
    }

    private Operator operator() {
        return Operator.named(lexer.token())
                .map(Operator.Modified::operator)
                .orElseThrow(() -> new IllegalStateException("operator=" + lexer.token()));
    }

    private int start() {
        lexer.blank();
        return lexer.at();
    }

    private void enter() throws SyntaxException {
        if (++depth >= depthLimit) {
            throw lexer.problem("exceeded max depth limit of " + depthLimit);
        }
    }

    /// Parses the operands of checks.
    private static final class OperandParser {

        /// Maximum nesting of transformers.
        private static final int DEPTH = 100;

        private final Lexer lexer;

        OperandParser(Lexer lexer) {
            this.lexer = lexer;
        }

        /// Parses the rest of a field whose name is the last token.
        Ast.Field field(int at) throws SyntaxException {
            return new Ast.Field(lexer.token(), argument(), at);
        }

        private @Nullable String argument() throws SyntaxException {
            if (!lexer.tryString("[")) {
                return null;
            }
            if (!lexer.tryQuoted() && !lexer.tryFieldArgument()) {
                throw lexer.problem("expected a valid field argument: a quoted string or a bare string");
            }
            String argument = lexer.token();
            if (argument.indexOf('\0') >= 0) {
                throw lexer.problem("field argument contains a NUL character");
            }
            if (!lexer.tryString("]")) {
                throw lexer.problem("expected a ']' token");
            }
            return argument;
        }

        /// Parses a transformer; null if there is none here.
        Ast.@Nullable Operand tryTransformer() throws SyntaxException {
            return tryTransformer(0);
        }

        private Ast.@Nullable Operand tryTransformer(int depth) throws SyntaxException {
            Ast.Transformer call = tryCall(depth);
            return call == null ? null : call.with(argument());
        }

        /// Parses a transformer up to its last parenthesis.
        private Ast.@Nullable Transformer tryCall(int depth) throws SyntaxException {
            int at = lexer.at();
            if (!lexer.tryOneOf(Transformer.OPENINGS)) {
                return null;
            }
            if (depth > DEPTH) {
                throw lexer.problem("exceeded max depth limit of " + DEPTH);
            }
            String name = lexer.token().substring(0, lexer.token().length() - 1);
            List<Ast.Operand> arguments = new ArrayList<>();
            do {
                arguments.add(transformerArgument(depth));
                lexer.blank();
            } while (lexer.tryString(","));
            close();
            return new Ast.Transformer(name, arguments, null, at);
        }

        private Ast.Operand transformerArgument(int depth) throws SyntaxException {
            lexer.blank();
            int at = lexer.at();
            Ast.Operand item = tryItem(depth, at);
            if (item != null) {
                return item;
            }
            if (lexer.tryString("(")) {
                return transformerList(depth, at);
            }
            throw lexer.problem("expected a field or a nested valid transformer: " + Transformer.NAMES);
        }

        /// What an argument and an element of a list can be; null: it is something else.
        private Ast.@Nullable Operand tryItem(int depth, int at) throws SyntaxException {
            Ast.Operand transformer = tryTransformer(depth + 1);
            if (transformer != null) {
                return transformer;
            }
            if (lexer.tryFieldName()) {
                return field(at);
            }
            return lexer.tryQuoted() || lexer.tryNumber() ? new Ast.Literal(lexer.token(), at) : null;
        }

        private Ast.Operand transformerList(int depth, int at) throws SyntaxException {
            List<Ast.Operand> elements = new ArrayList<>();
            lexer.blank();
            if (lexer.tryString(")")) {
                return new Ast.Values(elements, at);
            }
            do {
                elements.add(element(depth));
                lexer.blank();
            } while (lexer.tryString(","));
            close();
            return new Ast.Values(elements, at);
        }

        /// A list holds no lists.
        private Ast.Operand element(int depth) throws SyntaxException {
            lexer.blank();
            Ast.Operand item = tryItem(depth, lexer.at());
            if (item == null) {
                throw lexer.problem("expected transformer list argument: field, transformer, quoted string, or number");
            }
            return item;
        }

        private void close() throws SyntaxException {
            lexer.blank();
            if (!lexer.tryString(")")) {
                throw lexer.problem("expected a ')' token closing the transformer");
            }
        }

        private Ast.@Nullable Operand tryTransformerOrVal() throws SyntaxException {
            int at = lexer.at();
            if (!lexer.tryString("val(")) {
                return tryTransformer();
            }
            lexer.blank();
            int fieldAt = lexer.at();
            if (!lexer.tryFieldName()) {
                throw lexer.problem("expected a field within 'val' transformer");
            }
            Ast.Field field = field(fieldAt);
            close();
            return new Ast.Transformer("val", List.of(field), argument(), at);
        }

        Ast.Operand number() throws SyntaxException {
            lexer.blank();
            int at = lexer.at();
            Ast.Operand transformer = tryTransformerOrVal();
            if (transformer != null) {
                return transformer;
            }
            if (lexer.tryNumber()) {
                return new Ast.Literal(lexer.token(), at);
            }
            throw lexer.problem("expected a number value or a field with a valid transformer: " + Transformer.NAMES);
        }

        Ast.Operand string() throws SyntaxException {
            lexer.blank();
            int at = lexer.at();
            Ast.Operand transformer = tryTransformerOrVal();
            if (transformer != null) {
                return transformer;
            }
            if (lexer.tryQuoted() || lexer.tryBareString()) {
                return new Ast.Literal(lexer.token(), at);
            }
            throw lexer.problem("expected a string value or a field with a valid transformer: " + Transformer.NAMES);
        }

        /// Parses a modifier, which counts only between a blank, and a blank with a list or its name.
        Operator.@Nullable Modifier tryModifier() {
            if (!lexer.blank() && !lexer.afterBlank()) {
                return null;
            }
            for (Operator.Modifier modifier : Operator.Modifier.values()) {
                if (lexer.tryModifier(modifier.text())) {
                    return modifier;
                }
            }
            return null;
        }

        /// Parses what a modifier applies to.
        Ast.Operand listOrName() throws SyntaxException {
            lexer.blank();
            int at = lexer.at();
            if (lexer.tryString("(")) {
                return values(at);
            }
            if (lexer.tryIdentifier()) {
                return new Ast.Literal(lexer.token(), at);
            }
            throw lexer.problem("expected a list or an identifier");
        }

        Ast.Operand list() throws SyntaxException {
            lexer.blank();
            int at = lexer.at();
            if (lexer.tryString("(")) {
                return values(at);
            }
            Ast.Operand transformer = tryTransformerOrVal();
            if (transformer != null) {
                return transformer;
            }
            if (lexer.tryIdentifier()) {
                return new Ast.Literal(lexer.token(), at);
            }
            throw lexer.problem(
                    "expected a list, an identifier, or a field with a valid transformer: " + Transformer.NAMES);
        }

        private Ast.Operand values(int at) throws SyntaxException {
            List<Ast.Operand> values = new ArrayList<>();
            lexer.blank();
            int valueAt = lexer.at();
            if (lexer.tryQuoted() || lexer.tryBareString()) {
                values.add(new Ast.Literal(lexer.token(), valueAt));
                lexer.blank();
                while (lexer.tryString(",")) {
                    lexer.blank();
                    valueAt = lexer.at();
                    if (!lexer.tryQuoted() && !lexer.tryBareString()) {
                        throw lexer.problem("expected a string value");
                    }
                    values.add(new Ast.Literal(lexer.token(), valueAt));
                    lexer.blank();
                }
            }
            if (!lexer.tryString(")")) {
                throw lexer.problem("expected a ')' token");
            }
            return new Ast.Values(values, at);
        }
    }
}
