package dev.tiercel.ruletools.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.source.Severity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Cases about loading rules files: steps in order on a fresh engine.
final class LoaderCases {

    private final JsonNode messages;

    /// @param messages texts by name; a step may give the name
    LoaderCases(JsonNode messages) {
        this.messages = messages;
    }

    Outcome run(JsonNode test) {
        CaseEngine engine = new CaseEngine();
        CppStatements statements = new CppStatements(engine);
        Outcome unsaid = Outcome.PASSED;
        int number = 0;
        int asserted = 0;
        for (JsonNode step : test.get("steps")) {
            number++;
            asserted += asserts(step) ? 1 : 0;
            try {
                Outcome outcome = step(engine, statements, step);
                if (outcome.kind() == Outcome.Kind.FAILED) {
                    return Outcome.failed(
                            "step " + number + ", " + step.path("op").asText() + ": " + outcome.detail());
                }
                unsaid = outcome.passed() ? unsaid : outcome;
            } catch (CppStatements.Returned e) {
                break;
            }
        }
        if (asserted == 0) {
            return Outcome.unknown("no step says what is expected");
        }
        return unsaid.passed()
                ? Outcome.PASSED
                : new Outcome(unsaid.kind(), "all other steps pass, but not this: " + unsaid.detail());
    }

    private static boolean asserts(JsonNode step) {
        String operation = step.path("op").asText();
        return step.has("expect_success") || step.has("expected") || step.has("value") || operation.equals("cpp");
    }

    private Outcome step(CaseEngine engine, CppStatements statements, JsonNode step) throws CppStatements.Returned {
        if (step.has("filter")) {
            return filter(statements, step);
        }
        JsonNode expected = step.path("expected");
        String rule = step.path("rule").asText();
        return switch (step.path("op").asText()) {
            case "load_rules" -> load(engine, step);
            case "schema_validation" -> schema(engine, Expectation.text(expected));
            case "compiled_condition" ->
                Outcome.equal("compiled condition", Expectation.text(expected), engine.compiledCondition(rule));
            case "compiled_output" ->
                Outcome.equal("compiled output", Expectation.text(expected), engine.compiledOutput(rule));
            case "compiled_formatted_fields" ->
                Outcome.equal("formatted fields", expected, engine.formattedFields(rule));
            case "describe_rule" -> describe(engine, step);
            case "error_message_contains" -> message(engine, Severity.ERROR, step);
            case "warning_message_contains" -> message(engine, Severity.WARNING, step);
            case "has_warnings" -> Outcome.equal("warnings", Expectation.truth(expected), engine.hasWarnings());
            case "num_rules", "num_rules_for_ruleset" ->
                Outcome.equal(
                        "rules",
                        Expectation.number(expected),
                        engine.count(step.path("ruleset").asText(CaseEngine.DEFAULT_RULESET)));
            case "engine_call" ->
                engine.call(step.path("fn").asText(), step.path("args")) ? Outcome.PASSED : unknown(step);
            case "cpp", "setup", "statement" -> statements.run(step.path("text").asText());
            default -> engine.call(step.path("op").asText(), step.path("args")) ? Outcome.PASSED : unknown(step);
        };
    }

    /// A condition, on the event that the statements before have built unless the step has one.
    private static Outcome filter(CppStatements statements, JsonNode step) {
        String operation = step.path("op").asText();
        ObjectNode test = step.deepCopy();
        test.put("kind", operation.contains("compile") ? "compile" : "eval");
        if (!test.has("setup")) {
            test.put("setup", statements.setup());
        }
        return FilterCases.run(test);
    }

    private static Outcome unknown(JsonNode step) {
        return Outcome.unknown("the step " + step);
    }

    private static Outcome load(CaseEngine engine, JsonNode step) {
        engine.load(step.path("file").asText("rules.yaml"), step.path("rules").asText());
        boolean expected = !step.has("expect_success") || Expectation.truth(step.get("expect_success"));
        return !step.has("expect_success") || engine.successful() == expected
                ? Outcome.PASSED
                : Outcome.failed("expected " + (expected ? "to load" : "an error") + ", found " + engine.diagnostics());
    }

    /// The status is followed by what failed.
    private static Outcome schema(CaseEngine engine, String expected) {
        String found = engine.schemaValidation();
        return found.startsWith(expected)
                ? Outcome.PASSED
                : Outcome.failed("expected the schema validation '%s', found '%s'".formatted(expected, found));
    }

    private Outcome message(CaseEngine engine, Severity severity, JsonNode step) {
        String value = Expectation.text(step.path("value"));
        String wanted = messages.path(value).asText(value);
        boolean expected = !step.has("expected") || Expectation.truth(step.get("expected"));
        return engine.hasMessage(severity, wanted) == expected
                ? Outcome.PASSED
                : Outcome.failed("expected %s message with '%s', found %s"
                        .formatted(expected ? "a" : "no", wanted, engine.diagnostics()));
    }

    private static Outcome describe(CaseEngine engine, JsonNode step) {
        JsonNode node = engine.describe(step.path("rule").asText());
        for (JsonNode key : step.path("path")) {
            node = key.isNumber() ? node.path(key.asInt()) : node.path(key.asText());
        }
        JsonNode expected = step.path("expected");
        if (expected.isMissingNode()) {
            return Outcome.unknown("it does not say what is expected");
        }
        if (node.isMissingNode()) {
            return Outcome.failed("nothing at " + step.path("path") + ", expected " + expected);
        }
        boolean equal = node.isValueNode() ? node.asText().equals(expected.asText()) : sorted(node, expected);
        return equal ? Outcome.PASSED : Outcome.failed("expected " + expected + ", found " + node);
    }

    /// Falco keeps these in sets without order.
    private static boolean sorted(JsonNode found, JsonNode expected) {
        return found.equals(expected)
                || (found.isArray() && expected.isArray() && texts(found).equals(texts(expected)));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).sorted().toList();
    }

    /// A case about the versions of plugins that rules ask for.
    Outcome requirements(JsonNode test) {
        Map<String, String> plugins = new LinkedHashMap<>();
        for (JsonNode plugin : test.get("plugins")) {
            plugins.put(plugin.path("name").asText(), plugin.path("version").asText());
        }
        List<RuleFile> files =
                List.of(new RuleFile("rules.yaml", test.path("rules").asText()));
        Compilation compilation =
                RuleCompiler.compile(files, CompileOptions.defaults().withPlugins(plugins));
        boolean expected = Expectation.truth(test.path("expected"));
        return compilation.successful() == expected
                ? Outcome.PASSED
                : Outcome.failed(
                        "expected " + (expected ? "to load" : "an error") + ", found " + compilation.diagnostics());
    }
}
