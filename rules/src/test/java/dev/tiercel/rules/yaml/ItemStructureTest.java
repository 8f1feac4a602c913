package dev.tiercel.rules.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.check.Conditions;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which kind of value each key of an item may have: as Falco's loader has it.
class ItemStructureTest {

    private static final List<String> KINDS = List.of("absent", "null", "empty", "text", "number", "bool", "list", "map");

    /// For each kind of value, in this order, whether the item loads.
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            rule      | rule                   | text           | [a]            | y n n y y y n n
            rule      | condition              | evt.type=open  | [a]            | n n n y n n n n
            rule      | output                 | text           | [a]            | n n n y y y n n
            rule      | desc                   | text           | [a]            | n n n y y y n n
            rule      | priority               | INFO           | [a]            | n n n y n n n n
            rule      | source                 | syscall        | [a]            | y y y y y y n n
            rule      | enabled                | text           | [a]            | y n n n n y n n
            rule      | warn_evttypes          | text           | [a]            | y n n n n y n n
            rule      | skip-if-unknown-filter | text           | [a]            | y n n n n y n n
            rule      | capture                | text           | [a]            | y n n n n y n n
            rule      | capture_duration       | text           | [a]            | y n n n y n n n
            rule      | capture_events         | text           | [a]            | y n n n y n n n
            rule      | capture_filesize       | text           | [a]            | y n n n y n n n
            rule      | append                 | text           | [a]            | y n n n n y n n
            rule      | tags                   | text           | [a, 1, true]   | y n n n n n y n
            rule      | tags                   | text           | [a, null]      | y n n n n n n n
            rule      | exceptions             | text           | [a]            | y y n n n n n n
            rule      | exceptions             | text           | []             | y y n n n n y n
            rule      | override               | text           | [a]            | y y y y y y n n
            rule      | override               | text           | []             | y y y y y y y n
            exception | name                   | text           | [a]            | n n n y y y n n
            exception | fields                 | proc.name      | [proc.name]    | n n n y n n y n
            exception | fields                 | proc.name      | []             | n n n y n n n n
            exception | comps                  | in             | [=]            | y y n n n n y y
            exception | comps                  | in             | []             | y y n n n n y y
            exception | values                 | text           | [[a]]          | y n n n n n y n
            exception | values                 | text           | [a]            | y n n n n n n n
            exception | values                 | text           | [[[a, {}], b]] | y n n n n n n n
            exception | values                 | text           | [[[a, {}]]]    | y n n n n n n n
            list      | list                   | text           | [a]            | y n n y y y n n
            list      | items                  | text           | [a, '', 5]     | n n n n n n y n
            list      | items                  | text           | [a, [b]]       | n n n n n n n n
            list      | items                  | text           | [~]            | n n n n n n n n
            list      | append                 | text           | [a]            | y n n n n y n n
            list      | override               | text           | [a]            | y y y y y y n n
            macro     | macro                  | text           | [a]            | y n n y y y n n
            macro     | condition              | evt.type=open  | [a]            | n n n y n n n n
            macro     | append                 | text           | [a]            | y n n n n y n n
            macro     | override               | text           | [a]            | y y y y y y n n
            """)
    void loadsAsInFalco(String item, String key, String text, String list, String expected) {
        List<String> outcomes = new ArrayList<>();
        for (String kind : KINDS) {
            String value = switch (kind) {
                case "null" -> "";
                case "empty" -> "''";
                case "text" -> text;
                case "number" -> "5";
                case "bool" -> "false";
                case "list" -> list;
                case "map" -> "{a: b}";
                default -> null;
            };
            Compilation compilation = Conditions.compileRules(content(item, key, value));
            outcomes.add(compilation.successful() ? "y" : "n");
        }
        assertThat(String.join(" ", outcomes)).isEqualTo(expected);
    }

    private static String content(String item, String key, String value) {
        Map<String, String> keys = new LinkedHashMap<>();
        switch (item) {
            case "list" -> keys.putAll(Map.of("list", "l", "items", "[a]"));
            case "macro" -> keys.putAll(Map.of("macro", "m", "condition", "evt.type = open"));
            case "exception" -> keys.putAll(Map.of("name", "e", "fields", "[proc.name]"));
            default ->
                keys.putAll(Map.of(
                        "rule", "r", "condition", "evt.type = open", "output", "o", "desc", "d", "priority", "INFO"));
        }
        keys.remove(key);
        if (value != null) {
            keys.put(key, value);
        }
        String indent = item.equals("exception") ? "    " : "  ";
        StringBuilder text = new StringBuilder(
                item.equals("exception")
                        ? "- rule: r\n  condition: evt.type=open\n  output: o\n  desc: d\n  priority: INFO\n  exceptions:\n"
                        : "");
        String dash = indent.substring(2) + "- ";
        for (Map.Entry<String, String> entry : keys.entrySet()) {
            text.append(dash).append(entry.getKey()).append(": ").append(entry.getValue()).append('\n');
            dash = indent;
        }
        return text.toString();
    }

    private static final String RULE = """
            - rule: r
              desc: d
              condition: evt.type = open
              output: o
              priority: INFO
            """;

    @ParameterizedTest
    @CsvSource({
        "capture_duration, 4294967295, true",
        "capture_duration, 4294967296, false",
        "capture_duration, 0x1F, true",
        "capture_duration, 017, true",
        "capture_duration, 019, false",
        "capture_duration, -1, false",
        "capture_duration, 1.5, false",
        "capture_events, 18446744073709551615, true",
        "capture_filesize, 18446744073709551616, false"
    })
    void numbersAreReadAsInC(String key, String value, boolean loads) {
        assertThat(Conditions.compileRules(RULE + "  " + key + ": " + value + "\n")
                        .successful())
                .isEqualTo(loads);
    }

    @Test
    void captureKeysCanBeReplaced() {
        Rule rule = Conditions.compileRules(RULE + "  capture: true\n", """
                        - rule: r
                          capture_duration: 0x10
                          capture_events: 20
                          capture_filesize: 30
                          override: {capture_duration: replace, capture_events: replace, capture_filesize: replace}
                        """)
                .ruleSet()
                .orElseThrow()
                .rules()
                .getFirst();
        assertThat(rule.capture()).isEqualTo(new Capture(true, 16, 20, 30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"  condition: and proc.name = a\n", "  exceptions:\n"})
    void anAppendedRuleMayHaveAnEmptySource(String change) {
        String appended = "- rule: r\n" + change + "  append: true\n  source: ";
        assertThat(Conditions.compileRules(RULE, appended + "\n").successful()).isTrue();
        assertThat(Conditions.compileRules(RULE, appended + "''\n").successful())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "replace, Item has no mapping for key 'fields'",
        "append, Rule exception must have fields property with a list of fields"
    })
    void anExceptionOfAnOverrideWithoutFieldsIsRefused(String operation, String message) {
        Compilation compilation = Conditions.compileRules(RULE, """
                - rule: r
                  exceptions:
                    - name: e
                      values: [[a]]
                  override: {exceptions: %s}
                """.formatted(operation));
        assertThat(compilation.diagnostics(Severity.ERROR))
                .extracting(Diagnostic::message)
                .containsExactly(message);
    }

    @Test
    void fieldsOfExceptionsMayBeTransformed() {
        Compilation compilation = Conditions.compileRules(RULE + """
                  exceptions:
                    - name: list
                      fields: [tolower(proc.name), " basename( proc.exepath ) ", 'proc.aname[2]']
                      comps: [=, in, startswith]
                      values:
                        - [backup, [rsync, tar], a]
                    - name: single
                      fields: basename(proc.exepath)
                      values: [rsync, tar]
                    - name: unused
                      fields: ['join("-", (proc.name, proc.exepath))']
                """);
        assertThat(compilation.diagnostics()).isEmpty();
        assertThat(compilation.ruleSet().orElseThrow().rules().getFirst().expandedCondition())
                .contains("tolower(proc.name)", "basename(proc.exepath)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing(proc.name)", "tolower(proc.nam)", "tolower(evt.num)", "tolower(proc.name", "(a)"})
    void fieldsOfExceptionsMustCompile(String field) {
        Compilation compilation =
                Conditions.compileRules(RULE + "  exceptions:\n    - name: e\n      fields: ['" + field + "']\n");
        assertThat(compilation.diagnostics(Severity.ERROR))
                .extracting(Diagnostic::message)
                .containsExactly("'" + field + "' is not a supported filter field");
    }

    @Test
    void rulesOfAnUnknownSourceAreSkippedWhateverTheirFields() {
        Compilation compilation = Conditions.compileRules("""
                - rule: r
                  desc: d
                  condition: some.field = 1 and thing(some.field) = 2
                  output: got %some.field and %other(some.field)
                  priority: INFO
                  source: some_plugin
                  exceptions:
                    - name: e
                      fields: [some.field, thing(some.field), [nested]]
                      comps: [=, in, =]
                      values:
                        - [a, [b, c], d]
                    - name: f
                      fields: some.field
                      values: [a, b]
                - rule: r
                  condition: and some.other = 2
                  exceptions:
                    - name: f
                      values: [c]
                    - name: g
                      fields: some.third
                      values: [d]
                  override: {condition: append, exceptions: append}
                - rule: r
                  output: new %some.fourth
                  tags: [a]
                  override: {output: replace, tags: replace}
                """);
        assertThat(compilation.diagnostics())
                .extracting(Diagnostic::code, Diagnostic::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        Code.LOAD_UNKNOWN_SOURCE, "Unknown source some_plugin, skipping"));
        assertThat(compilation.successful()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evt.num = 0",
                "evt.num = 0 and proc.name = a",
                "not evt.num >= 0",
                "evt.num < 1",
                "evt.num in (0)",
                "not evt.num != 0",
                "evt.type = open or evt.num = 0",
                "evt.type = open and evt.type = close"
            })
    void aConditionThatCanNeverBeTrueIsNoBurden(String condition) {
        String macro = "- macro: never\n  condition: " + condition + "\n";
        assertThat(Conditions.compileRules(macro + RULE.replace("evt.type = open", "never"))
                        .diagnostics())
                .isEmpty();
        assertThat(Conditions.compileRules(RULE.replace("evt.type = open", condition))
                        .diagnostics())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"evt.num > 0", "evt.num != 0", "evt.num = 1", "evt.num >= 0", "not evt.num = 0 or evt.type = open"})
    void otherComparisonsOfTheNumberAre(String condition) {
        assertThat(Conditions.compileRules(RULE.replace("evt.type = open", condition))
                        .diagnostics())
                .extracting(Diagnostic::code)
                .containsExactly(Code.LOAD_NO_EVTTYPE);
    }
}
