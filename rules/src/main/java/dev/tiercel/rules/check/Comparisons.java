package dev.tiercel.rules.check;

import dev.tiercel.fields.FieldType;
import dev.tiercel.rules.ir.ByteString;
import dev.tiercel.rules.ir.BytesPredicate;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.ir.NumberPredicate;
import dev.tiercel.rules.ir.TextPredicate;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.match.TextPredicates;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.Operator;
import dev.tiercel.schemas.RawText;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lowers comparisons of a value with constants or with another value.
final class Comparisons {

    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,16}");

    private final LocatedText text;
    private final RegularExpressions expressions;
    private final Feeds feeds;
    private final Consumer<Problem> problems;

    Comparisons(LocatedText text, RegularExpressions expressions, Feeds feeds, Consumer<Problem> problems) {
        this.text = text;
        this.expressions = expressions;
        this.feeds = feeds;
        this.problems = problems;
    }

    /// Lowers the check on `operand`.
    ///
    /// @param any the value is a list though the field's type is not, and some element must satisfy the check
    Ir compare(ValueExpression operand, Ast.Check check, boolean any) {
        if (!allowed(operand, check)) {
            return Ir.Constant.FALSE;
        }
        List<Ast.Literal> values = literals(check.right());
        if (operand.type() != FieldType.BYTEBUF && values.stream().anyMatch(this::hasNul)) {
            return Ir.Constant.FALSE;
        }
        if (operand.list()) {
            return elements(operand, check, values);
        }
        List<Ir> terms = new ArrayList<>();
        for (Ast.Literal value : values) {
            Optional<String> feed = feed(check, value);
            if (feed.isPresent()) {
                terms.add(inFeed(operand, feed.get(), any, value));
                continue;
            }
            Ir term = any ? anyElement(operand, check.operator(), value) : one(operand, check.operator(), value);
            if (term != null) {
                terms.add(term);
            }
        }
        return terms.size() == values.size() ? combine(check, terms) : Ir.Constant.FALSE;
    }

    private Ir combine(Ast.Check check, List<Ir> terms) {
        if (check.modifier() == null) {
            return Ir.or(terms);
        }
        return switch (check.modifier()) {
            case ANYOF -> Ir.or(terms);
            case ALLOF -> terms.isEmpty() ? Ir.Constant.FALSE : Ir.and(terms);
            case ONEOF -> terms.size() == 1 ? terms.getFirst() : new Ir.ExactlyOne(terms);
        };
    }

    private boolean allowed(ValueExpression operand, Ast.Check check) {
        if (OperatorTypes.allow(operand.type(), operand.list(), check.operator())) {
            return true;
        }
        error(
                "filter error: operator '" + check.operator().text() + "' not supported for "
                        + (operand.list() ? "lists" : "type " + operand.type()),
                check.at());
        return false;
    }

    /// Reports a NUL: of all types only BYTEBUF can have one.
    private boolean hasNul(Ast.Literal literal) {
        boolean nul = literal.value().indexOf('\0') >= 0;
        if (nul) {
            error("filter error: string contains a NUL character", literal.at());
        }
        return nul;
    }

    private static List<Ast.Literal> literals(Ast.Operand right) {
        List<Ast.Literal> literals = new ArrayList<>();
        List<Ast.Operand> operands = right instanceof Ast.Values(var values, int at) ? values : List.of(right);
        for (Ast.Operand operand : operands) {
            if (operand instanceof Ast.Literal literal) {
                literals.add(literal);
            }
        }
        return literals;
    }

    /// The feed that a value of `in` stands for.
    private static Optional<String> feed(Ast.Check check, Ast.Literal value) {
        return check.right() instanceof Ast.Values ? Feeds.named(value.value()) : Optional.empty();
    }

    private Ir inFeed(ValueExpression operand, String feed, boolean any, Ast.Literal at) {
        return switch (operand.type()) {
            case STRING, FSPATH ->
                any ? new Ir.Elements(operand, false, feeds.texts(feed)) : new Ir.TextIs(operand, feeds.texts(feed));
            case IPADDR, IPNET -> new Ir.BytesAre(operand, feeds.networks(feed));
            default -> {
                error(
                        "filter error: a feed has texts, addresses and networks; not for type " + operand.type(),
                        at.at());
                yield Ir.Constant.FALSE;
            }
        };
    }

    private Ir elements(ValueExpression operand, Ast.Check check, List<Ast.Literal> values) {
        Set<String> wanted = new TreeSet<>();
        for (Ast.Literal value : values) {
            feed(check, value)
                    .ifPresentOrElse(feed -> wanted.addAll(feeds.items(feed)), () -> wanted.add(value.value()));
        }
        return new Ir.Elements(operand, check.operator() == Operator.IN, new TextPredicate.In(wanted));
    }

    private @Nullable Ir anyElement(ValueExpression operand, Operator operator, Ast.Literal value) {
        Operator positive = operator == Operator.NE ? Operator.EQ : operator;
        Ir ir = one(operand, positive, value);
        TextPredicate predicate = switch (ir) {
            case Ir.TextIs(ValueExpression same, TextPredicate textPredicate) -> textPredicate;
            case Ir.NumberIs(ValueExpression same, NumberPredicate numberPredicate) ->
                new TextPredicate.AsNumber(numberPredicate);
            case null, default -> null;
        };
        if (predicate == null) {
            return null;
        }
        // Some element differs: not all are equal.
        return operator == Operator.NE
                ? Ir.and(List.of(new Ir.Present(operand), Ir.not(new Ir.Elements(operand, true, predicate))))
                : new Ir.Elements(operand, false, predicate);
    }

    /// Lowers the comparison with one constant; null if a problem was reported.
    private @Nullable Ir one(ValueExpression operand, Operator operator, Ast.Literal value) {
        if (operator == Operator.NE) {
            Ir equal = one(operand, Operator.EQ, value);
            return equal == null ? null : Ir.and(List.of(new Ir.Present(operand), Ir.not(equal)));
        }
        return switch (operand.type()) {
            case STRING, FSPATH -> {
                TextPredicate predicate = textPredicate(operator, value);
                yield predicate == null ? null : new Ir.TextIs(operand, predicate);
            }
            case BYTEBUF -> bytes(operand, operator, value);
            case IPADDR ->
                Literals.address(value.value())
                        .<Ir>map(address -> new Ir.BytesAre(operand, new BytesPredicate.In(Set.of(address))))
                        .orElseGet(() -> invalid("unrecognized IP address " + value.value(), value));
            case IPNET ->
                Literals.network(value.value())
                        .<Ir>map(network -> new Ir.BytesAre(operand, network))
                        .orElseGet(() -> invalid("unrecognized IP network " + value.value(), value));
            case BOOL ->
                Literals.bool(value.value())
                        .<Ir>map(bool -> new Ir.NumberIs(operand, new NumberPredicate.In(Set.of(bool ? 1L : 0L))))
                        .orElseGet(() -> invalid("unrecognized boolean value " + value.value(), value));
            case DOUBLE -> real(operand, operator, value);
            default -> number(operand, operator, value);
        };
    }

    private @Nullable Ir number(ValueExpression operand, Operator operator, Ast.Literal value) {
        OptionalLong number = Literals.number(value.value(), operand.type());
        if (number.isEmpty()) {
            return notANumber(value, operand.type());
        }
        NumberPredicate predicate = isEquality(operator)
                ? new NumberPredicate.In(Set.of(number.getAsLong()))
                : new NumberPredicate.Order(
                        operator, number.getAsLong(), operand.type().unsigned());
        return new Ir.NumberIs(operand, predicate);
    }

    private @Nullable Ir real(ValueExpression operand, Operator operator, Ast.Literal value) {
        OptionalLong number = Literals.number(value.value(), FieldType.INT32);
        if (number.isEmpty()) {
            return notANumber(value, operand.type());
        }
        Operator plain = isEquality(operator) ? Operator.EQ : operator;
        return new Ir.NumberIs(operand, new NumberPredicate.Real(plain, number.getAsLong()));
    }

    private @Nullable Ir notANumber(Ast.Literal value, FieldType type) {
        String message = type == FieldType.PORT
                ? "unrecognized protocol " + value.value()
                : value.value() + " is not a valid number";
        problems.accept(Problem.error("filter error: " + message, text.position(value.at()), decimal(value.value())));
        return null;
    }

    /// What to write for a hexadecimal number.
    private static String decimal(String value) {
        return HEXADECIMAL.matcher(value).matches()
                ? "numbers are decimal: did you mean " + new BigInteger(value.substring(2), 16) + "?"
                : "";
    }

    private @Nullable Ir bytes(ValueExpression operand, Operator operator, Ast.Literal value) {
        ByteString bytes = new ByteString(RawText.bytes(value.value()));
        if (operator == Operator.BCONTAINS || operator == Operator.BSTARTSWITH) {
            ByteString hexadecimal = Literals.hexadecimal(value.value()).orElse(null);
            if (hexadecimal == null) {
                error("filter error: bcontains and bstartswith operator support hex strings only", value.at());
                return null;
            }
            bytes = hexadecimal;
        }
        BytesPredicate predicate = switch (operator) {
            case CONTAINS, BCONTAINS -> new BytesPredicate.Contains(bytes);
            case STARTSWITH, BSTARTSWITH -> new BytesPredicate.StartsWith(bytes);
            case ENDSWITH -> new BytesPredicate.EndsWith(bytes);
            default -> new BytesPredicate.In(Set.of(bytes));
        };
        return new Ir.BytesAre(operand, predicate);
    }

    private @Nullable TextPredicate textPredicate(Operator operator, Ast.Literal literal) {
        String value = literal.value();
        return switch (operator) {
            case EQ, NE, IN, INTERSECTS -> new TextPredicate.In(Set.of(value));
            case LT, LE, GT, GE -> new TextPredicate.Order(operator, value);
            case CONTAINS -> new TextPredicate.Contains(Set.of(value));
            case ICONTAINS -> new TextPredicate.ContainsFolded(TextPredicates.fold(value));
            case STARTSWITH -> new TextPredicate.StartsWith(Set.of(value));
            case ENDSWITH -> new TextPredicate.EndsWith(Set.of(value));
            case GLOB, IGLOB -> withinLimit(literal) ? new TextPredicate.Glob(value, operator == Operator.IGLOB) : null;
            case REGEX -> regex(literal);
            case PMATCH -> withinLimit(literal) ? new TextPredicate.Below(List.of(value)) : null;
            case BCONTAINS, BSTARTSWITH, EXISTS -> throw new IllegalStateException("operator=" + operator);
        };
    }

    private @Nullable TextPredicate regex(Ast.Literal literal) {
        String problem = expressions.problem(literal.value());
        if (!problem.isEmpty()) {
            error(problem, literal.at());
            return null;
        }
        return new TextPredicate.Matches(literal.value());
    }

    private boolean withinLimit(Ast.Literal literal) {
        if (literal.value().length() <= Limits.PATTERN_CHARACTERS) {
            return true;
        }
        error("pattern is longer than " + Limits.PATTERN_CHARACTERS + " characters", literal.at());
        return false;
    }

    /// Lowers the comparison of two values.
    Ir pair(ValueExpression left, ValueExpression right, Ast.Check check) {
        Operator operator = check.operator();
        if (!Resolver.PAIRED.contains(operator)) {
            error("operator '" + operator.text() + "' doesn't support right-hand side fields", check.at());
            return Ir.Constant.FALSE;
        }
        if (left.type() == FieldType.IPNET) {
            error("field type 'IPNET' doesn't support right-hand side fields", check.at());
            return Ir.Constant.FALSE;
        }
        if (!allowed(left, check)) {
            return Ir.Constant.FALSE;
        }
        if (left.type() != right.type() || left.list() != right.list()) {
            error(
                    "filter error: field has type '" + describe(left)
                            + "' while the right-hand side field has incompatible type '" + describe(right) + "'",
                    check.right().at());
            return Ir.Constant.FALSE;
        }
        if (operator == Operator.NE) {
            return Ir.and(List.of(
                    new Ir.Present(left), new Ir.Present(right), Ir.not(new Ir.Pair(left, Operator.EQ, right))));
        }
        return new Ir.Pair(left, operator, right);
    }

    private static String describe(ValueExpression operand) {
        return operand.list() ? operand.type() + " (list)" : operand.type().name();
    }

    private static boolean isEquality(Operator operator) {
        return operator == Operator.EQ || operator == Operator.IN || operator == Operator.INTERSECTS;
    }

    private @Nullable Ir invalid(String problem, Ast.Literal value) {
        error("filter error: " + problem, value.at());
        return null;
    }

    private void error(String message, int at) {
        problems.accept(Problem.error(message, text.position(at)));
    }
}
