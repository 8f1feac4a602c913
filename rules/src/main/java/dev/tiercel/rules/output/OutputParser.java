package dev.tiercel.rules.output;

import dev.tiercel.fields.FieldDefinition;
import dev.tiercel.fields.FieldFlag;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.check.Operands;
import dev.tiercel.rules.check.References;
import dev.tiercel.rules.ir.ValueExpression;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.source.SyntaxException;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.FieldScope;
import dev.tiercel.rules.syntax.Parser;
import dev.tiercel.rules.syntax.Transformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Compiles outputs.
///
/// ```
/// Output ::= (Text | '%' Width? (Transformer | Field))*
/// Width  ::= [0-9]+
/// Field  ::= the longest prefix that is a field, '[' … ']'?
/// ```
/// There is no escape for `%`. A bracket after a field or transformer that takes no such argument is text.
final class OutputParser {

    /// No field or event parameter has a longer name.
    private static final int LONGEST_NAME = 200;

    private final LocatedText text;
    private final String input;
    private final References references;
    private final FieldSlots.Builder slots;
    private final Consumer<Problem> problems;
    private final List<OutputFormat.Part> parts = new ArrayList<>();
    private int at;
    private int padded;

    private OutputParser(
            LocatedText text, References references, FieldSlots.Builder slots, Consumer<Problem> problems) {
        this.text = text;
        this.input = text.value();
        this.references = references;
        this.slots = slots;
        this.problems = problems;
    }

    /// Compiles `text`; invalid parts are reported and left out.
    static OutputFormat parse(
            LocatedText text, References references, FieldSlots.Builder slots, Consumer<Problem> problems) {
        OutputParser parser = new OutputParser(text, references, slots, problems);
        parser.parse();
        return new OutputFormat(text.value(), parser.parts, List.of());
    }

    private void parse() {
        if (input.length() > Limits.OUTPUT_CHARACTERS) {
            error("output is longer than " + Limits.OUTPUT_CHARACTERS + " characters", 0);
            return;
        }
        while (at < input.length()) {
            int percent = input.indexOf('%', at);
            int end = percent < 0 ? input.length() : percent;
            if (end > at) {
                parts.add(new OutputFormat.Literal(input.substring(at, end)));
            }
            at = end;
            if (percent >= 0) {
                token();
            }
        }
    }

    private void token() {
        int start = at++;
        int width = width();
        padded += width;
        if (padded > Limits.OUTPUT_CHARACTERS) {
            error("output is padded to more than " + Limits.OUTPUT_CHARACTERS + " characters", start);
            at = input.length();
            return;
        }
        if (at >= input.length()) {
            error("invalid formatting syntax: formatting cannot end with a %", start);
            return;
        }
        if (Transformer.OPENINGS.stream().anyMatch(opening -> input.startsWith(opening, at))) {
            transformer(width);
        } else {
            field(width, start);
        }
    }

    private int width() {
        int width = 0;
        while (at < input.length() && input.charAt(at) >= '0' && input.charAt(at) <= '9') {
            width = Math.min(width * 10 + input.charAt(at) - '0', 9_999);
            at++;
        }
        return width;
    }

    private void transformer(int width) {
        try {
            Parser.Partial<Ast.Transformer> partial = Parser.parseTransformer(text, at);
            ValueExpression operand = operands().transformed(partial.value());
            if (operand != null) {
                parts.add(new OutputFormat.Value(operand, null, "", width));
            }
            at = partial.end();
        } catch (SyntaxException problem) {
            error("invalid formatting token " + rest() + ": " + problem.message(), problem.at());
            at = Math.max(at + 1, problem.at());
        }
    }

    private Operands operands() {
        return Operands.ofOutput(references, slots, text, problem -> problems.accept(ofOutput(problem)));
    }

    private static Problem ofOutput(Problem problem) {
        return problem.isError() ? problem.as(Code.LOAD_ERR_COMPILE_OUTPUT) : problem;
    }

    private void field(int width, int start) {
        int end = at;
        while (end < input.length() && (isName(input.charAt(end)) || input.charAt(end) == '.')) {
            end++;
        }
        String fixed = staticField(input.substring(at, end));
        if (fixed != null) {
            parts.add(new OutputFormat.Value(
                    new ValueExpression.Constant(Objects.requireNonNull(references.staticValue(fixed))),
                    null,
                    fixed,
                    width));
            at += fixed.length();
            return;
        }
        Name name = longestField(input.substring(at, end));
        if (name == null) {
            unknown(input.substring(at, end), start);
            at = end;
            return;
        }
        value(name, width, start);
    }

    /// Adds the field that begins here, with its argument.
    private void value(Name name, int width, int start) {
        int begin = at;
        at += name.length();
        References.Resolved resolved = resolved(name);
        FieldReference reference = resolved.reference();
        if (reference == null) {
            error("invalid formatting token " + name.field().name() + ": " + resolved.problem(), start);
            return;
        }
        Operands operands = operands();
        if (operands.allows(name.field(), text.position(start))) {
            String written = input.substring(begin, at);
            parts.add(new OutputFormat.Value(operands.operand(reference), reference, written, width));
        }
    }

    /// Resolves a field with the argument in brackets that stands here, or else without it.
    private References.Resolved resolved(Name name) {
        String field = name.field().name();
        Parser.Partial<String> bracket = name.argument() == null ? Parser.argument(text, at) : null;
        References.Resolved bare = references.resolve(field, name.argument());
        if (bracket == null) {
            return bare;
        }
        References.Resolved whole = references.resolve(field, bracket.value());
        if (whole.reference() != null) {
            at = bracket.end();
        }
        return whole.reference() != null || bare.reference() == null ? whole : bare;
    }

    /// The longest static field at the start of `word`; null: none.
    private @Nullable String staticField(String word) {
        for (int end = word.length(); end > References.STATIC.length(); end--) {
            if (references.staticValue(word.substring(0, end)) != null) {
                return word.substring(0, end);
            }
        }
        return null;
    }

    /// A field name at the start of some text.
    ///
    /// @param argument given after a dot; null: none
    private record Name(FieldDefinition field, @Nullable String argument, int length) {}

    private @Nullable Name longestField(String word) {
        FieldScope scope = references.scope();
        for (int end = Math.min(word.length(), LONGEST_NAME); end > 0; end--) {
            String prefix = word.substring(0, end);
            FieldDefinition field = scope.find(prefix).orElse(null);
            if (field == null) {
                continue;
            }
            boolean dotted = field.is(FieldFlag.DOT_ARGUMENT) && word.startsWith(".", end);
            String argument = dotted ? dottedArgument(field, word.substring(end + 1)) : "";
            if (!argument.isEmpty()) {
                return new Name(field, argument, end + 1 + argument.length());
            }
            return new Name(field, null, end);
        }
        return null;
    }

    /// The longest valid argument of the field at the start of `rest`; empty: none.
    private static String dottedArgument(FieldDefinition field, String rest) {
        if (References.isEventParameter(field.name())) {
            for (int end = Math.min(rest.length(), LONGEST_NAME); end > 0; end--) {
                if (References.eventParameters().contains(rest.substring(0, end))) {
                    return rest.substring(0, end);
                }
            }
            return "";
        }
        int end = rest.length();
        while (end > 0 && rest.charAt(end - 1) == '.') {
            end--;
        }
        return rest.substring(0, end);
    }

    private static boolean isName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private String rest() {
        return input.substring(at, Math.min(input.length(), at + 40));
    }

    private void unknown(String name, int start) {
        problems.accept(ofOutput(Problem.unknown(
                "invalid formatting token " + name,
                text.position(start),
                references.scope().suggestion(name))));
    }

    /// As in Falco an invalid token counts as unknown.
    private void error(String message, int index) {
        SourcePosition position = text.position(index);
        boolean token = message.startsWith("invalid formatting token");
        problems.accept(ofOutput(token ? Problem.unknown(message, position, "") : Problem.error(message, position)));
    }
}
