package dev.tiercel.ruletools.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.rules.check.Conditions;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problem;
import dev.tiercel.rules.source.SyntaxException;
import dev.tiercel.rules.syntax.FieldLookup;
import dev.tiercel.rules.syntax.Parser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Cases about one condition: whether it parses, compiles, holds, and how it prints.
final class FilterCases {

    /// Falco's parser counts five for each level of parentheses, up to 100 where nobody sets another limit.
    private static final int DEPTH = 21;

    private FilterCases() {}

    static Outcome run(JsonNode test) {
        String filter = test.get("filter").asText();
        JsonNode expected = test.path("expected");
        if (test.has("kind")) {
            return switch (test.get("kind").asText()) {
                case "compile" -> compile(filter, test);
                case "run_mock" -> holds(filter, MockFields.EVENT, expected);
                case "eval" -> eval(filter, test);
                case "eval_filter", "evaluate", "evaluation", "run", "filter_run" -> eval(filter, test);
                default -> Outcome.unknown("kind '" + test.get("kind").asText() + "'");
            };
        }
        if (expected.isBoolean() || test.has("setup") || given(test).isObject()) {
            return eval(filter, test);
        }
        return switch (Expectation.text(expected)) {
            case "accept" -> accepts(filter);
            case "reject" -> Outcome.equal("parsing", "reject", verdict(filter));
            default -> prints(filter, expected.asText());
        };
    }

    /// What is accepted must also be with more blanks, and with other blanks.
    private static Outcome accepts(String filter) {
        for (String variant :
                List.of(filter, "  " + filter + "  ", filter.replace(' ', '\n'), filter.replace(' ', '\t'))) {
            Outcome outcome = Outcome.equal("parsing '" + variant + "'", "accept", verdict(variant));
            if (!outcome.passed()) {
                return outcome;
            }
        }
        return Outcome.PASSED;
    }

    private static String verdict(String filter) {
        try {
            Parser.parse(Conditions.text(filter), DEPTH);
            return "accept";
        } catch (SyntaxException e) {
            return "reject";
        }
    }

    /// How `filter` prints. Text that lost the parentheses around it on its way into data gets them back: it has
    /// as many `(` as `)`, yet closes more than it has opened.
    static Outcome prints(String filter, String expected) {
        Outcome outcome = Outcome.equal("prints", expected, printed(filter));
        if (outcome.passed() || !closesTooEarly(filter)) {
            return outcome;
        }
        Outcome mended = Outcome.equal("prints with parentheses around it", expected, printed("(" + filter + ")"));
        return mended.passed()
                ? Outcome.damaged("the input has lost the parentheses around it and cannot parse; with them it passes")
                : mended;
    }

    private static boolean closesTooEarly(String filter) {
        int open = 0;
        int least = 0;
        for (int i = 0; i < filter.length(); i++) {
            char c = filter.charAt(i);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            least = Math.min(least, open);
        }
        return open == 0 && least == -1;
    }

    private static String printed(String filter) {
        try {
            return Conditions.parse(filter).print();
        } catch (SyntaxException e) {
            return "an error: " + e.message();
        }
    }

    private static Outcome compile(String filter, JsonNode test) {
        boolean valid;
        List<String> messages;
        long warnings = 0;
        try {
            LocatedText text = Conditions.text(filter);
            Conditions compiled = Conditions.compile(MockFields.named(Conditions.parse(filter)), text);
            valid = compiled.valid();
            messages = compiled.problems().stream().map(Problem::message).toList();
            warnings = compiled.problems().stream()
                    .filter(problem -> problem.code() == Code.LOAD_COMPILE_CONDITION)
                    .count();
        } catch (SyntaxException e) {
            valid = false;
            messages = List.of(e.message());
        }
        boolean expected = Expectation.truth(test.path("expected"));
        if (valid != expected) {
            return Outcome.failed("expected " + (expected ? "to compile" : "an error") + ", found " + messages);
        }
        if (valid && test.has("warnings") && warnings != test.get("warnings").asLong()) {
            return Outcome.failed("expected %s warnings, found %s".formatted(test.get("warnings"), messages));
        }
        String message = test.path("message").asText();
        return messages.stream().anyMatch(m -> m.contains(message)) || message.isEmpty()
                ? Outcome.PASSED
                : Outcome.failed("expected the message '%s', found %s".formatted(message, messages));
    }

    /// On an event that is given by its fields, or else built by statements in C++.
    private static Outcome eval(String filter, JsonNode test) {
        JsonNode given = given(test);
        if (!given.isObject()) {
            return built(filter, test);
        }
        Map<String, Object> event = new LinkedHashMap<>();
        given.properties().forEach(field -> {
            Object value = value(field.getKey(), field.getValue());
            if (value != null) {
                event.put(field.getKey(), value);
            }
        });
        return holds(filter, event, test.path("expected"));
    }

    private static JsonNode given(JsonNode test) {
        for (String key : List.of("fields", "event", "values")) {
            if (test.path(key).isObject()) {
                return test.get(key);
            }
        }
        return MissingNode.getInstance();
    }

    private static Outcome built(String filter, JsonNode test) {
        JsonNode setup = test.path("setup");
        String statements = setup.isArray()
                ? setup.valueStream().map(JsonNode::asText).collect(Collectors.joining(";\n"))
                : setup.asText();
        try {
            return built(filter, BuiltEvent.of(statements), test.path("expected"));
        } catch (CppStatements.Inexpressible e) {
            return compiles(filter, test, e.getMessage());
        }
    }

    /// Whether `filter` holds for `event`, of which not everything need be known.
    static Outcome built(String filter, BuiltEvent event, JsonNode expected) {
        try {
            List<String> unknown = Conditions.compile(filter).fields().references().stream()
                    .map(FieldReference::text)
                    .filter(field -> !event.knows(field))
                    .toList();
            if (!unknown.isEmpty() && !Expectation.refused(expected)) {
                return Outcome.notExpressible("what the event has of " + unknown + " is not known");
            }
        } catch (SyntaxException e) {
            // It is said below.
        }
        return holds(filter, event.fields(), expected);
    }

    /// The text of a list field is `(a,b)`.
    private static @org.jspecify.annotations.Nullable Object value(String field, JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        if (value.isArray()) {
            return value.valueStream().map(JsonNode::asText).toList();
        }
        String text = value.asText();
        boolean list = FieldLookup.find(FieldCatalog.complete(), field)
                .map(found -> found.field().list())
                .orElse(false);
        return list && text.startsWith("(") && text.endsWith(")")
                ? List.of(text.substring(1, text.length() - 1).split(",", -1))
                : text;
    }

    /// Of a case without an event: whether the condition compiles is all that can be said.
    private static Outcome compiles(String filter, JsonNode test, String why) {
        boolean refused = Expectation.refused(test.path("expected"));
        try {
            Conditions compiled = Conditions.compile(filter);
            if (compiled.valid() == refused) {
                return Outcome.failed("expected " + test.path("expected") + ", found " + compiled.problems());
            }
        } catch (SyntaxException e) {
            if (!refused) {
                return Outcome.failed("expected " + test.path("expected") + ", found an error: " + e.message());
            }
        }
        return refused ? Outcome.PASSED : Outcome.notExpressible("it compiles, but of its event is not known " + why);
    }

    private static Outcome holds(String filter, Map<String, Object> event, JsonNode expected) {
        boolean refused = Expectation.refused(expected);
        try {
            LocatedText text = Conditions.text(filter);
            Conditions compiled = Conditions.compile(MockFields.decided(Conditions.parse(filter)), text);
            if (!compiled.valid()) {
                return refused
                        ? Outcome.PASSED
                        : Outcome.failed("expected " + expected + ", found errors " + compiled.problems());
            }
            boolean holds = compiled.holds(event);
            return refused
                    ? Outcome.failed("expected an error, found " + holds)
                    : Outcome.equal("holds", Expectation.truth(expected), holds);
        } catch (SyntaxException e) {
            return refused
                    ? Outcome.PASSED
                    : Outcome.failed("expected " + expected + ", found an error: " + e.message());
        }
    }
}
