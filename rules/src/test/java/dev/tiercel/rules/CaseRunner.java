package dev.tiercel.rules;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Runs one case of a conformance file. What it asks is told by its keys.
final class CaseRunner {

    private final LoaderCases loader;

    /// @param messages texts that cases may name instead of giving them
    CaseRunner(JsonNode messages) {
        this.loader = new LoaderCases(messages);
    }

    Outcome run(JsonNode test) {
        try {
            return dispatch(test);
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
        return test.properties().stream().map(java.util.Map.Entry::getKey).toList();
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
