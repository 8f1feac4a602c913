package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.testkit.Golden;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Falco's own unit tests of its filter language, given as data. What we fail is listed in a golden file, so that it
/// can only shrink.
class FilterCasesTest {

    private static final String CASES = "data/cases/filter.json";

    /// The mock fields of those tests, as fields of ours of the same types.
    private static final Map<String, String> MOCKS = Map.of(
            "c.true", "proc.name",
            "c.false", "proc.exe",
            "c.singlequote", "proc.cwd",
            "c.doublequote", "proc.cmdline",
            "c.buffer", "evt.buffer");
    private static final Map<String, String> MOCK_EVENT =
            Map.of("proc.name", "1", "proc.exe", "0", "proc.cwd", "hello 'quoted'", "proc.cmdline", "hello \"quoted\"");

    private final List<String> failures = new ArrayList<>();
    private int passed;

    @Test
    void conformsExceptWhereListed() throws IOException {
        Optional<Path> file = Shared.path(CASES);
        assumeTrue(file.isPresent(), "needs ../shared/" + CASES);
        JsonNode cases = new ObjectMapper().readTree(file.get().toFile());
        cases.get("parser").forEach(this::parser);
        cases.get("as_string").forEach(this::printed);
        cases.get("compiler").forEach(this::compiler);
        cases.get("escaping").forEach(this::escaping);
        cases.get("transformers").forEach(this::transformer);
        System.out.println(CASES + ": " + passed + " passed, " + failures.size() + " failed");
        assertThat(passed).isPositive();
        Golden.check("cases/filter-failures.txt", failures.isEmpty() ? "none" : String.join("\n", failures));
    }

    private void check(String name, boolean pass) {
        if (pass) {
            passed++;
        } else {
            failures.add(name.replace("\n", "\\n").replace("\t", "\\t"));
        }
    }

    private void parser(JsonNode test) {
        String filter = test.get("filter").asText();
        boolean accept = test.get("expected").asText().equals("accept");
        boolean pass = accepts(filter) == accept;
        if (accept) {
            pass &= accepts("  " + filter + "  ");
            pass &= accepts(filter.replace(' ', '\n')) && accepts(filter.replace(' ', '\t'));
        }
        check("parser " + test.get("expected").asText() + ": " + filter, pass);
    }

    private static boolean accepts(String filter) {
        try {
            Conditions.parse(filter);
            return true;
        } catch (ParseProblem e) {
            return false;
        }
    }

    private void printed(JsonNode test) {
        check("as_string " + test.get("filter").asText(), prints(test, "filter"));
    }

    private static boolean prints(JsonNode test, String key) {
        try {
            String printed = AstPrinter.expanded(Conditions.parse(test.get(key).asText()), name -> null);
            return printed.equals(test.get("expected").asText());
        } catch (ParseProblem e) {
            return false;
        }
    }

    private void compiler(JsonNode test) {
        String filter = test.get("filter").asText();
        boolean expected = test.get("expected").asBoolean();
        String ours = filter;
        for (Map.Entry<String, String> mock : MOCKS.entrySet()) {
            ours = ours.replace(mock.getKey(), mock.getValue());
        }
        boolean pass;
        try {
            Conditions compiled = Conditions.compile(ours);
            pass = switch (test.get("kind").asText()) {
                case "run_mock" -> compiled.valid() && compiled.holds(MOCK_EVENT) == expected;
                case "compile" ->
                    compiled.valid() == expected && sameWarnings(test, compiled) && sameMessage(test, compiled);
                default -> false;
            };
        } catch (ParseProblem e) {
            pass = test.get("kind").asText().equals("compile") && !expected;
        }
        check("compiler " + test.get("kind").asText() + " " + expected + ": " + filter, pass);
    }

    private static boolean sameWarnings(JsonNode test, Conditions compiled) {
        long warnings = compiled.findings().stream()
                .filter(finding -> finding.code() == Code.LOAD_COMPILE_CONDITION)
                .count();
        return !test.has("warnings")
                || !compiled.valid()
                || warnings == test.get("warnings").asLong();
    }

    private static boolean sameMessage(JsonNode test, Conditions compiled) {
        return !test.has("message")
                || compiled.findings().stream()
                        .anyMatch(finding ->
                                finding.message().contains(test.get("message").asText()));
    }

    private void escaping(JsonNode test) {
        String name = "escaping " + test.path("input").asText(test.path("cpp").asText());
        if (test.get("fn").asText().equals("unescape")) {
            check(name, unescapes(test));
            return;
        }
        String input = test.get("input").asText();
        String expected = test.get("expected").asText();
        check(name, expected.startsWith("\"") ? Escapes.quote(input).equals(expected) : prints(test, "input"));
    }

    /// The input is C++ source: `unescape_str(quoted("\\x7f"))`.
    private static boolean unescapes(JsonNode test) {
        String cpp = test.get("cpp").asText();
        String literal =
                cpp.substring(cpp.indexOf('"') + 1, cpp.lastIndexOf('"')).replace("\\\\", "\\");
        String expected = test.get("expected").asText();
        try {
            byte[] bytes = Escapes.bytes(Escapes.unescape(literal, '"', 0));
            byte[] wanted = expected.equals("ff_fe")
                    ? new byte[] {(byte) 0xff, (byte) 0xfe}
                    : new byte[] {(byte) Integer.parseInt(expected.replaceAll(".*0x([0-9a-f]{2}).*", "$1"), 16)};
            return java.util.Arrays.equals(bytes, wanted);
        } catch (ParseProblem e) {
            return expected.equals("throw");
        }
    }

    private void transformer(JsonNode test) {
        String name = test.get("transformer").asText();
        String field = switch (test.get("input_type").asText()) {
            case "PT_FSPATH", "PT_FSRELPATH" -> "fd.name";
            case "PT_BYTEBUF" -> "evt.buffer";
            default -> "proc.cwd";
        };
        String expected = test.get("expected").get(0).asText();
        boolean pass;
        try {
            String filter = name + "(" + field + ") = " + Escapes.quote(expected);
            pass = Conditions.compile(filter)
                    .holds(Map.of(field, test.get("input").get(0).asText()));
        } catch (ParseProblem e) {
            pass = false;
        }
        check("transformer " + name + " of " + test.get("input"), pass);
    }
}
