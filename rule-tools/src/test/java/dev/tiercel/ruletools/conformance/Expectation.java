package dev.tiercel.ruletools.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/// The expectation of a case, in any of its spellings. A case without one proves nothing, so every method throws
/// [Unclear] for it.
final class Expectation {

    private static final Set<String> YES = Set.of("true", "accept", "ok", "pass", "success");
    private static final Set<String> REFUSED = Set.of("reject", "throw", "error", "fail", "failure");

    private Expectation() {}

    /// What is expected is not said, or not in a way that is known here.
    static final class Unclear extends RuntimeException {
        private static final long serialVersionUID = 1;

        Unclear(String what) {
            super(what, null, false, false);
        }
    }

    /// Yes or no.
    static boolean truth(JsonNode expected) {
        String word = word(expected);
        if (YES.contains(word) || REFUSED.contains(word) || word.equals("false")) {
            return YES.contains(word);
        }
        throw unclear(expected);
    }

    /// Whether it is that the condition is refused, rather than that it holds or does not.
    static boolean refused(JsonNode expected) {
        if (!REFUSED.contains(word(expected))) {
            truth(expected);
            return false;
        }
        return true;
    }

    /// A whole number.
    static int number(JsonNode expected) {
        if (!expected.isInt()) {
            throw unclear(expected);
        }
        return expected.asInt();
    }

    /// Some text.
    static String text(JsonNode expected) {
        if (!expected.isTextual()) {
            throw unclear(expected);
        }
        return expected.asText();
    }

    private static String word(JsonNode expected) {
        return expected.isValueNode() ? expected.asText().toLowerCase(Locale.ROOT) : "";
    }

    private static Unclear unclear(JsonNode expected) {
        return new Unclear(
                expected.isMissingNode()
                        ? "it does not say what is expected"
                        : "it is not known what '" + expected + "' means");
    }
}
