package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.check.Conditions;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Hostile rules files are rejected with a reason, quickly and without much memory.
class HostileRulesTest {

    private static String error(String... contents) {
        List<Diagnostic> errors = Conditions.compileRules(contents).diagnostics(Severity.ERROR);
        assertThat(errors).isNotEmpty();
        return errors.getFirst().message();
    }

    private static String rule(String condition) {
        return "- rule: r\n  desc: d\n  output: o\n  priority: INFO\n  condition: " + condition + "\n";
    }

    @Test
    void deepYaml() {
        assertThat(error("[".repeat(100_000))).contains("levels deep");
        assertThat(error("- ".repeat(100_000) + "a")).contains("levels deep");
    }

    @Test
    void aliasBomb() {
        StringBuilder yaml = new StringBuilder("- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            yaml.append("- &a").append(i).append(" [");
            yaml.append(("*a" + (i - 1) + ", ").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(error(yaml.toString())).contains("nodes");
    }

    @Test
    void aliasOfItself() {
        assertThat(error("- &a [*a]\n")).contains("Undefined alias");
    }

    @Test
    void hugeFile() {
        assertThat(error("#".repeat(Limits.FILE_CHARACTERS + 1))).contains("longer than");
    }

    @Test
    void deepConditions() {
        assertThat(error(rule("(".repeat(5_000) + "evt.type=open" + ")".repeat(5_000))))
                .contains("max depth");
        assertThat(error(rule("not(".repeat(5_000) + "evt.type=open" + ")".repeat(5_000))))
                .contains("max depth");
        assertThat(error(rule("tolower(".repeat(5_000) + "proc.name" + ")".repeat(5_000) + " = x")))
                .contains("max depth");
        assertThat(error(rule("not ".repeat(20_001) + "evt.typ=open"))).contains("nonexistent field");
    }

    @Test
    void deepExpressions() {
        assertThat(error(rule("not(".repeat(150) + "evt.type=open" + ")".repeat(150))))
                .contains("100 levels");
        StringBuilder chain = new StringBuilder("- macro: m0\n  condition: evt.type = open\n");
        for (int i = 1; i < 5_000; i++) {
            chain.append("- macro: m%d%n  condition: m%d %s fd.num = %d%n"
                    .formatted(i, i - 1, i % 2 == 0 ? "and" : "or", i));
        }
        assertThat(error(chain + rule("m4999"))).contains("100 levels");
    }

    @Test
    void macrosThatDouble() {
        StringBuilder yaml = new StringBuilder("- macro: m0\n  condition: proc.name = a\n");
        for (int i = 1; i < 30; i++) {
            yaml.append("- macro: m%d%n  condition: (m%d and fd.num = %d) or (m%d and fd.num = %d)%n"
                    .formatted(i, i - 1, 2 * i, i - 1, 2 * i + 1));
        }
        assertThat(error(yaml + rule("evt.type = open and m29"))).contains("parts after its macros are expanded");
    }

    @Test
    void listsThatDouble() {
        StringBuilder yaml = new StringBuilder("- list: l0\n  items: [a, b]\n");
        for (int i = 1; i < 60; i++) {
            yaml.append("- list: l%d%n  items: [l%d, l%d]%n".formatted(i, i - 1, i - 1));
        }
        assertThat(error(yaml + rule("evt.type = open and proc.name in (l59)"))).contains("items after its lists");
    }

    @Test
    void macroThatNamesItself() {
        assertThat(error("- macro: m\n  condition: evt.type = open\n"
                        + "- macro: m\n  condition: or m\n  override: {condition: append}\n"
                        + rule("m")))
                .contains("reference loop");
    }

    private static String correlation(String name, String rule, String output) {
        return "- {correlation: %s, desc: d, type: event_count, rules: %s, timespan: 1s".formatted(name, rule)
                + ", condition: {gte: 1}, priority: INFO, output: '" + output + "'}\n";
    }

    @Test
    void correlationsThatFeedOneAnother() {
        StringBuilder chain = new StringBuilder(rule("evt.type = open"));
        for (int i = 0; i < 15_000; i++) {
            chain.append(correlation("c" + i, i == 0 ? "r" : "c" + (i - 1), "%step1.proc.name"));
        }
        assertThat(error(chain.toString())).contains("feed one another");
        assertThat(error(correlation("c", "c", "o"))).contains("feeds itself");
    }

    @Test
    void outputsThatNameTooMuch() {
        StringBuilder output = new StringBuilder();
        for (int i = 0; i <= Limits.CARRIED_FIELDS; i++) {
            output.append("%proc.env[V").append(i).append(']');
        }
        assertThat(error(rule("evt.type = open") + correlation("c", "r", output.toString())))
                .contains("fields of one step");
    }

    @Test
    void manyCorrelationsOfRulesThatDoNotExist() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 4_900; i++) {
            many.append(rule("evt.type = open").replace(" r\n", " rule number " + i + "\n"));
        }
        for (int i = 0; i < 12_000; i++) {
            many.append(correlation("c" + i, "rule numbed " + i, "%proc.nmae"));
        }
        assertThat(error(many.toString())).contains("is called");
    }

    /// Descriptions are also made of what does not compile, and of macros that no rule uses.
    @ParameterizedTest
    @ValueSource(strings = {"regex", "glob"})
    void longPatterns(String operator) {
        assertThat(error(rule("evt.type = open and proc.name " + operator + " '" + "a".repeat(10_000) + "'")))
                .contains("pattern is longer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "{}",
                "- \n",
                "- {}\n",
                "- []\n",
                "- rule:\n",
                "- rule: {}\n",
                "- list: x\n  items:\n",
                "\0",
                "- {rule: r, condition: {}, output: [], desc: 1, priority: 2}\n",
                "\uFEFF- macro: a\n",
                "--- \n---\n",
                "- rule: r\n  exceptions: [{name: x, values: [[[[[[x]]]]]]}]\n  append: true\n",
                "- ? [a]\n  : b\n",
                "- !!java.lang.Object {}\n",
                "- rule: 'r'\n  override: {condition: {a: b}}\n",
                "- \"\\u",
                "- \"\\UFFFFFFFF\"\n",
                "- \"\\uD800\"\n",
                "- signal:\n",
                "- signal: s\n  condition: {}\n",
                "- correlation:\n",
                "- correlation: {}\n",
                "- correlation: c\n  steps: {}\n  aliases: []\n  until: []\n  condition: []\n  rules: {}\n",
                "- correlation: c\n  steps: [{}, [], x, ~]\n  aliases: {a: , b: [], '': {}}\n  group-by: ['', ~]\n",
                "- correlation: c\n  rules: ['']\n  suppress: []\n  timespan: ''\n  field: ~\n  type: {}\n",
                "- correlation: c\n  condition: {gte: ~, field: [], percentile: {}}\n  suppress: {by: '', for: }\n",
                "- correlation: c\n  aliases: {a: {'': x, b: '', c: ~}}\n  override: {aliases: replace}\n",
                "- rule: r\n  suppress: {by: [{}], for: []}\n  shadow: {}\n"
            })
    void oddFilesNeverThrow(String content) {
        assertThat(Conditions.compileRules(content).diagnostics()).isNotNull();
    }
}
