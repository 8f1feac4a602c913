package dev.tiercel.ruletools.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Runs one case of a conformance file. What it asks is told by its keys.
final class CaseRunner {

    /// Keys that only tell people something.
    private static final Set<String> REMARKS =
            Set.of("id", "test", "note", "notes", "comment", "description", "source", "origin", "line");

    private static final Set<String> CONDITION =
            Set.of("filter", "kind", "expected", "warnings", "message", "fields", "setup");
    private static final Set<String> TRANSFORMER =
            Set.of("transformer", "list", "input_type", "input", "argument", "output_type", "expected");
    private static final Set<String> STEP = Set.of(
            "op",
            "file",
            "rules",
            "expect_success",
            "rule",
            "path",
            "fn",
            "args",
            "ruleset",
            "text",
            "value",
            "expected");

    private final LoaderCases loader;

    /// @param messages texts that cases may name instead of giving them
    CaseRunner(JsonNode messages) {
        this.loader = new LoaderCases(messages);
    }

    Outcome run(JsonNode test) {
        try {
            Outcome outcome = dispatch(test);
            String unknown = unknownKeys(test);
            return outcome.passed() && !unknown.isEmpty()
                    ? Outcome.notExpressible("it passes, but what these keys ask is not known: " + unknown)
                    : outcome;
        } catch (RuntimeException | StackOverflowError e) {
            return Outcome.failed("threw " + e);
        }
    }

    private Outcome dispatch(JsonNode test) {
        if (test.has("steps")) {
            return loader.run(test);
        }
        if (test.has("plugins")) {
            return loader.requirements(test);
        }
        if (test.has("transformer")) {
            return TransformerCases.run(test);
        }
        if (test.has("fn")) {
            return FunctionCases.run(test);
        }
        if (test.has("filter")) {
            return FilterCases.run(test);
        }
        return Outcome.failed("a case with the keys " + keys(test) + " is not known");
    }

    private static List<String> keys(JsonNode test) {
        return test.properties().stream().map(Map.Entry::getKey).toList();
    }

    /// Keys of a case and its steps that ask something unknown here, so that passing would say too much.
    private static String unknownKeys(JsonNode test) {
        StringBuilder unknown = new StringBuilder(unknown(test, known(test)));
        test.path("steps").forEach(step -> unknown.append(unknown(step, STEP)));
        return unknown.toString().strip();
    }

    private static Set<String> known(JsonNode test) {
        if (test.has("steps")) {
            return Set.of("steps");
        }
        if (test.has("plugins")) {
            return Set.of("plugins", "rules", "expected");
        }
        if (test.has("transformer")) {
            return TRANSFORMER;
        }
        return test.has("fn") ? Set.of("fn", "input", "args", "cpp", "expected") : CONDITION;
    }

    private static String unknown(JsonNode node, Set<String> known) {
        StringBuilder unknown = new StringBuilder();
        for (String key : keys(node)) {
            unknown.append(known.contains(key) || REMARKS.contains(key) ? "" : " " + key);
        }
        return unknown.toString();
    }

    /// What to call a case.
    static String title(JsonNode test) {
        StringBuilder title = new StringBuilder();
        for (String key :
                List.of("id", "test", "kind", "fn", "transformer", "cpp", "filter", "note", "input", "args")) {
            JsonNode value = test.path(key);
            String text = value.isTextual() ? value.asText() : value.isMissingNode() ? "" : value.toString();
            if (!text.isEmpty()) {
                title.append(title.isEmpty() ? "" : " ").append(text);
            }
        }
        return title.toString();
    }
}
