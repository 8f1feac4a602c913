package dev.tiercel.ruletools.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.rules.check.Checks;
import dev.tiercel.rules.check.Conditions;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.rules.source.SyntaxException;
import dev.tiercel.rules.syntax.Ast;
import dev.tiercel.rules.syntax.Escapes;
import dev.tiercel.schemas.RawText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Cases that call a single function.
final class FunctionCases {

    private static final Pattern NAMED_BYTES = Pattern.compile("([0-9a-f]{2}|[a-z])(_([0-9a-f]{2}|[a-z]))*");

    private FunctionCases() {}

    static Outcome run(JsonNode test) {
        return switch (test.get("fn").asText()) {
            case "escape", "as_string" -> escape(test);
            case "unescape" -> unescape(test);
            case "bidirectional", "roundtrip" -> roundtrip(input(test));
            case "warns" -> warns(test);
            case "matches_wildcard" ->
                Outcome.equal(
                        "matches",
                        Expectation.truth(test.path("expected")),
                        RuleSelection.names(test.path("args").path(0).asText())
                                .test(test.path("args").path(1).asText()));
            default -> Outcome.unknown("function '" + test.get("fn").asText() + "'");
        };
    }

    /// A string in quotes is a value, anything else a condition.
    private static Outcome escape(JsonNode test) {
        String expected = Expectation.text(test.path("expected"));
        String input = input(test);
        if (Escapes.print(input).equals(expected)) {
            return Outcome.PASSED;
        }
        return expected.startsWith("\"")
                ? Outcome.equal("escaped", expected, Escapes.print(input))
                : FilterCases.prints(input, expected);
    }

    private static Outcome unescape(JsonNode test) {
        String input = input(test);
        boolean quoted = input.length() >= 2
                && (input.charAt(0) == '"' || input.charAt(0) == '\'')
                && input.charAt(0) == input.charAt(input.length() - 1);
        char quote = quoted ? input.charAt(0) : '"';
        String expected = Expectation.text(test.path("expected"));
        try {
            String found = Escapes.unescape(quoted ? input.substring(1, input.length() - 1) : input, quote, 0);
            String bytes = hexadecimal(RawText.bytes(found));
            String wanted = hexadecimal(CppText.string(expected).getBytes(StandardCharsets.ISO_8859_1));
            boolean named = NAMED_BYTES.matcher(expected).matches() && !wanted.equals(bytes);
            return Outcome.equal("unescaped", named ? named(expected) : wanted, bytes);
        } catch (SyntaxException e) {
            return Outcome.equal("unescaped", expected, "throw");
        }
    }

    /// What is escaped is unescaped to itself.
    private static Outcome roundtrip(String value) {
        String escaped = Escapes.print(value);
        boolean quoted = escaped.startsWith("\"") && escaped.endsWith("\"") && escaped.length() > 1;
        try {
            String inner = quoted ? escaped.substring(1, escaped.length() - 1) : escaped;
            return Outcome.equal("escaped and unescaped", value, Escapes.unescape(inner, '"', 0));
        } catch (SyntaxException e) {
            return Outcome.failed("'%s' cannot be unescaped: %s".formatted(escaped, e.message()));
        }
    }

    /// The bytes of a variable that is named after them: `a_ff` is an `a` and 0xff.
    private static String named(String variable) {
        return Stream.of(variable.split("_", -1))
                .map(part -> part.length() == 2 ? part : "%02x".formatted((int) part.charAt(0)))
                .collect(Collectors.joining(" "));
    }

    private static String hexadecimal(byte[] bytes) {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }

    /// The argument: as it is, or the last string of a call in C++.
    private static String input(JsonNode test) {
        if (test.has("input")) {
            return test.get("input").asText();
        }
        if (test.has("args")) {
            return test.get("args").path(0).asText();
        }
        return CppText.lastString(test.path("cpp").asText());
    }

    private static Outcome warns(JsonNode test) {
        String filter = test.path("args").path(0).asText();
        List<String> warnings = new ArrayList<>();
        RuleCompiler.compile(List.of(Conditions.file(filter)), everySource()).diagnostics(Severity.WARNING).stream()
                .filter(diagnostic -> diagnostic.code() != Code.LOAD_NO_EVTTYPE)
                .forEach(diagnostic -> warnings.add(diagnostic.message()));
        warnings.addAll(ofUnknownFields(filter));
        boolean expected = Expectation.truth(test.path("expected"));
        return warnings.isEmpty() != expected
                ? Outcome.PASSED
                : Outcome.failed("expected " + (expected ? "a warning" : "none") + ", found " + warnings);
    }

    private static CompileOptions everySource() {
        return CompileOptions.defaults().withSources(Map.of(FieldCatalog.SYSCALL, FieldCatalog.syscall()));
    }

    /// Warnings that do not depend on the field being known: these cases use ones that nobody has.
    private static List<String> ofUnknownFields(String filter) {
        List<Problem> problems = new ArrayList<>();
        try {
            unsafe(Conditions.parse(filter), Conditions.text(filter), problems);
        } catch (SyntaxException e) {
            return List.of();
        }
        return problems.stream().map(Problem::message).toList();
    }

    private static void unsafe(Ast ast, LocatedText text, List<Problem> problems) {
        switch (ast) {
            case Ast.And(var terms, int at) -> terms.forEach(term -> unsafe(term, text, problems));
            case Ast.Or(var terms, int at) -> terms.forEach(term -> unsafe(term, text, problems));
            case Ast.Not(Ast term, int at) -> unsafe(term, text, problems);
            case Ast.Check check -> Checks.unsafeComparison(check, text, problems::add);
            default -> {}
        }
    }
}
