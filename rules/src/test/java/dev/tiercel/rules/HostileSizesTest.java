package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.check.Conditions;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.rules.source.SyntaxException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Files that are large where something once took quadratic time or unbounded memory: each is accepted or rejected
/// with a reason, in time. The limit is generous: the regressions these tests guard against took minutes.
@Timeout(120)
class HostileSizesTest {

    private static List<Diagnostic> problems(String content) {
        return Conditions.compileRules(content).diagnostics();
    }

    private static String error(String content) {
        List<Diagnostic> errors = Conditions.compileRules(content).diagnostics(Severity.ERROR);
        assertThat(errors).isNotEmpty();
        assertThat(errors.getFirst().line()).isPositive();
        return errors.getFirst().message();
    }

    private static String rule(String name, String condition, String output) {
        return "- {rule: %s, desc: d, priority: INFO, output: '%s', condition: \"%s\"}%n"
                .formatted(name, output, condition);
    }

    private static String rule(String condition) {
        return rule("r", condition, "o");
    }

    private static String many(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
    }

    @Test
    void manyProblemsOnOneLine() {
        List<Diagnostic> problems = problems("- {macro: m, " + many(50_000, i -> "k" + i + ": v, ") + "z: 1}\n");
        assertThat(problems).hasSize(Limits.PROBLEMS + 1);
        assertThat(problems.getLast().message()).startsWith("More than 10000 problems");
    }

    @Test
    void longNamesAndMessagesAreCut() {
        List<Diagnostic> problems = problems(rule("x".repeat(100_000), "proc.pid = " + "y".repeat(100_000), "o"));
        assertThat(problems)
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.text()).hasSizeLessThan(5_000));
    }

    @Test
    void namesThatResembleEachOther() {
        String name = "a".repeat(200_000);
        assertThat(error("- macro: " + name + "b\n  condition: evt.type=open\n" + rule(name)))
                .startsWith("Undefined macro");
    }

    @Test
    void nothingButEscapes() {
        assertThat(error("- macro: m\n  condition: \"" + "\\x42".repeat(200_000) + "\"\n" + rule("m")))
                .startsWith("Undefined macro");
    }

    @Test
    void manyListsInManyConditions() {
        String lists = many(4_500, i -> "- {list: l%d, items: [a]}%n".formatted(i));
        String macros =
                many(4_500, i -> "- {macro: m%d, condition: proc.name in (b) and evt.type = open}%n".formatted(i));
        assertThat(Conditions.compileRules(lists + macros + rule("m1")).successful())
                .isTrue();
    }

    @Test
    void manyItems() {
        assertThat(error(many(Limits.ITEMS + 1, i -> "- {list: l%d, items: []}%n".formatted(i))))
                .startsWith("More than 20000 rules, macros and lists");
    }

    @Test
    void manyLargeFiles() {
        String comment = "#".repeat(Limits.FILE_CHARACTERS - 1) + "\n";
        String[] files = {comment, comment, comment, comment, rule("evt.type = open")};
        Diagnostic problem =
                Conditions.compileRules(files).diagnostics(Severity.ERROR).getFirst();
        assertThat(problem.message()).isEqualTo("The rules files have more than 16777216 characters in all");
        assertThat(Conditions.compileRules(
                                many(Limits.FILES + 1, i -> "#\n").lines().toArray(String[]::new))
                        .diagnostics(Severity.ERROR)
                        .getFirst()
                        .message())
                .isEqualTo("More than 4096 rules files");
    }

    @Test
    void oneListOfManyItems() {
        String list = "- list: l\n  items: [" + many(50_000, i -> "/n" + i + ", ") + "z]\n";
        for (String operator : List.of("in", "pmatch", "startswith anyof")) {
            assertThat(Conditions.compileRules(list + rule("evt.type=open and fd.name " + operator + " (l)"))
                            .successful())
                    .isTrue();
        }
    }

    @Test
    void oneListInManyConditions() {
        String list = "- list: l\n  items: [" + many(90_000, i -> "number-" + i + ", ") + "z]\n";
        String macros = many(1_000, i -> "- {macro: m%d, condition: proc.name in (l)}%n".formatted(i));
        assertThat(error(list + macros + rule("m1"))).startsWith("Lists expand to more than");
    }

    @Test
    void aliasesOfOneLongScalar() {
        assertThat(error("- list: a\n  items: [&x " + "y".repeat(500_000) + many(900, i -> ", *x") + "]\n"))
                .startsWith("Aliases stand for more than");
    }

    @Test
    void appendedOverAndOver() {
        String first = "- {macro: m, condition: evt.type = open}\n";
        String more = many(
                15_000,
                i -> "- {macro: m, condition: or proc.name = %d, override: {condition: append}}%n".formatted(i));
        assertThat(error(first + more + rule("m"))).startsWith("Too much is appended");
    }

    @Test
    void oneLargeMacroInManyRules() {
        String macro = "- macro: m\n  condition: " + many(5_000, i -> "fd.num > " + i + " and ") + "evt.type = open\n";
        assertThat(error(macro + many(1_000, i -> rule("r" + i, "m", "o")))).startsWith("Conditions have more than");
    }

    @Test
    void costlyExpressions() {
        assertThat(error(rule("evt.type = open and proc.name regex '" + "(.{0,900}a)".repeat(300) + "'")))
                .contains("pattern too large - compile failed");
        assertThat(error(rule("evt.type = open and proc.name regex '" + "(.{0,900}a)".repeat(20) + "'")))
                .startsWith("regular expression takes more than");
        assertThat(error(rule("evt.type = open and proc.name regex '(((a{1,500}){1,500}){1,500}){1,500}'")))
                .endsWith("invalid repetition size: {1,500}");
        assertThat(error(rule("evt.type = open and fd.name pmatch (" + "/a".repeat(50_000) + ")")))
                .startsWith("pattern is longer");
    }

    @Test
    void costlyExpressionsInMacrosAndExceptions() {
        String nested = "'((a{1,500}){1,500}){1,500}'";
        assertThat(error("- {macro: m, condition: \"proc.name regex " + nested + "\"}\n" + rule("evt.type=open and m")))
                .endsWith("invalid repetition size: {1,500}");
        assertThat(error("- {rule: r, desc: d, priority: INFO, output: o, condition: evt.type = open, exceptions: "
                        + "[{name: e, fields: [proc.name], comps: [regex], values: [[\"" + nested + "\"]]}]}"))
                .endsWith("invalid repetition size: {1,500}");
    }

    @Test
    void manyCostlyExpressions() {
        String macros = many(
                600,
                i -> "- {macro: m%d, condition: \"evt.type=open and fd.name regex '%d(a{1000})'\"}%n".formatted(i, i));
        String rules = many(600, i -> rule("r" + i, "m" + i, "o"));
        assertThat(error(macros + rules)).isEqualTo("regular expressions take more than 500000 steps in all");
    }

    @Test
    void costlyOutputs() {
        assertThat(error(rule("r", "evt.type = open", "x".repeat(100_000)))).startsWith("output is longer than");
        assertThat(error(rule("r", "evt.type = open", "%9999evt.num".repeat(100))))
                .startsWith("output is padded to");
        assertThat(error(rule("r", "evt.type = open", "%" + "a".repeat(60_000))))
                .startsWith("invalid formatting token");
        assertThat(Conditions.compileRules(rule("r", "evt.type = open", "%evt.num[".repeat(7_000)))
                        .successful())
                .isTrue();
    }

    @Test
    void backtrackingGlobs() throws SyntaxException {
        String value = "[".repeat(4_000);
        for (String pattern : List.of("*" + "[".repeat(4_000) + "a", "*" + "[:".repeat(2_000), "*[a".repeat(1_000))) {
            Conditions condition = Conditions.compile("proc.name glob '" + pattern + "'");
            assertThat(condition.holds(java.util.Map.of("proc.name", value))).isFalse();
        }
    }
}
