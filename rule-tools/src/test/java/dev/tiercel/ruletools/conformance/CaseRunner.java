package dev.tiercel.ruletools.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Runs one case of a conformance file. What it asks is told by its keys.
final class CaseRunner {

    /// Keys that only tell people something.
    private static final Set<String> REMARKS =
            Set.of("id", "test", "note", "notes", "comment", "description", "source", "origin", "line");

    /// Keys under which a case may have several conditions.
    private static final List<String> CHECKS =
            List.of("checks", "filters", "evaluations", "evals", "assertions", "expectations", "conditions");

    private static final Set<String> CONDITION =
            Set.of("filter", "kind", "expected", "warnings", "message", "fields", "event", "values", "setup");
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
            "filter",
            "fields",
            "setup",
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
                    ? Outcome.unknown("it passes, but it is not known what these keys ask: " + unknown)
                    : outcome;
        } catch (Expectation.Unclear e) {
            return Outcome.unknown(e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            return Outcome.failed("threw " + e);
        }
    }

    private Outcome dispatch(JsonNode test) {
        for (String key : CHECKS) {
            if (!test.has("steps") && test.path(key).isContainerNode()) {
                return each(test, key);
            }
        }
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
        return Outcome.unknown("a case with the keys " + keys(test));
    }

    /// Several conditions on one event: objects with what they add to the case, or expectations by condition.
    private Outcome each(JsonNode test, String key) {
        Outcome all = Outcome.unknown("no condition in " + key);
        for (JsonNode check : checks(test, key)) {
            Outcome outcome = run(check);
            if (outcome.kind() == Outcome.Kind.FAILED) {
                return Outcome.failed(title(check) + ": " + outcome.detail());
            }
            all = all.passed() || all.kind() == Outcome.Kind.UNKNOWN ? outcome : all;
        }
        return all;
    }

    private static List<JsonNode> checks(JsonNode test, String key) {
        ObjectNode shared = ((ObjectNode) test.deepCopy()).without(key);
        List<JsonNode> checks = new ArrayList<>();
        if (test.get(key).isObject()) {
            test.get(key)
                    .properties()
                    .forEach(entry -> checks.add(
                            shared.deepCopy().put("filter", entry.getKey()).set("expected", entry.getValue())));
        } else {
            for (JsonNode check : test.get(key)) {
                checks.add(
                        check instanceof ObjectNode own
                                ? shared.deepCopy().setAll(own)
                                : shared.deepCopy().set("filter", check));
            }
        }
        return checks;
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
        if (CHECKS.stream().anyMatch(test::has)) {
            return Set.copyOf(keys(test));
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
