package dev.tiercel.rules.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.check.Conditions;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Severity;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputFormatTest {

    private static String rule(String output) {
        return """
                - rule: r
                  desc: d
                  condition: evt.type = open
                  priority: INFO
                  output: >-
                    %s
                """.formatted(output);
    }

    private static RuleSet rules(String output) {
        return Conditions.compileRules(rule(output)).ruleSet().orElseThrow();
    }

    private static Output render(String output, Map<String, ?> event) {
        RuleSet rules = rules(output);
        return rules.rules().getFirst().outputFormat().render(new MapRow(rules.slots(), event));
    }

    @Test
    void printsTextAndFields() {
        Output output = render(
                "x (user=%user.name file=%fd.name flags=%evt.arg.flags up=%proc.aname[2])",
                Map.of("user.name", "root", "fd.name", "/etc/x", "evt.arg.flags", "O_RDONLY", "proc.aname[2]", "sshd"));
        assertThat(output.text()).isEqualTo("x (user=root file=/etc/x flags=O_RDONLY up=sshd)");
        assertThat(output.fields())
                .containsExactly(
                        new OutputField("user.name", "root"),
                        new OutputField("fd.name", "/etc/x"),
                        new OutputField("evt.arg.flags", "O_RDONLY"),
                        new OutputField("proc.aname[2]", "sshd"));
    }

    /// Also where two values and a text are a character together; U+10FFFF is what it was.
    @Test
    void whatIsShownIsUnicode() {
        byte[] name = {'a', (byte) 0xff};
        byte[] half = {(byte) 0xc3};
        byte[] other = {(byte) 0xa9};
        Output output = render(
                "%proc.name %proc.env[\"\\xff\"] %fd.filename%user.name \uDBFF\uDFFF %3fd.name. %4fd.name. %toupper(proc.name) %proc.aname",
                Map.of(
                        "proc.name",
                        name,
                        "fd.filename",
                        half,
                        "user.name",
                        other,
                        "fd.name",
                        "éé\uDBFF\uDFFF",
                        "proc.aname[1]",
                        name));
        assertThat(output.text()).isEqualTo("a\uFFFD <NA> é \uDBFF\uDFFF é . éé. A\uFFFD a\uFFFD");
        assertThat(output.fields())
                .contains(
                        new OutputField("proc.name", "a\uFFFD"),
                        new OutputField("fd.filename", "\uFFFD"),
                        new OutputField("fd.name", "éé\uDBFF\uDFFF"));
    }

    @Test
    void missingValuesAreNaInTextAndNullInFields() {
        Output output = render("%user.name %fd.num", Map.of());
        assertThat(output.text()).isEqualTo("<NA> <NA>");
        assertThat(output.fields())
                .containsExactly(new OutputField("user.name", null), new OutputField("fd.num", null));
    }

    @Test
    void aKeyWithAQuestionMarkIsLeftOutWithItsMissingValue() {
        String format =
                "x user?=%user.name image?=%container.image.repository tag?=%container.image.tag. why?=no %fd.name?=x";
        assertThat(render(format, Map.of("user.name", "root", "fd.name", "f")).text())
                .isEqualTo("x user=root. why?=no f?=x");
        assertThat(render(format, Map.of("container.image.tag", "1")).fields())
                .contains(new OutputField("container.image.repository", null));
    }

    @Test
    void fieldsAreTyped() {
        Output output = render(
                "%fd.num %evt.is_open_read %evt.num %evt.rawtime %proc.pid %fd.types",
                Map.of(
                        "fd.num",
                        3,
                        "evt.is_open_read",
                        true,
                        "evt.num",
                        7,
                        "evt.rawtime",
                        -1L,
                        "fd.types",
                        List.of("file", "pipe")));
        assertThat(output.fields().stream().map(OutputField::value))
                .containsExactly(3L, true, 7L, new BigInteger("18446744073709551615"), null, List.of("file", "pipe"));
        assertThat(output.text()).endsWith("<NA> (file,pipe)");
    }

    @Test
    void timesAreNumbersInFields() {
        Output output = render("%evt.time.iso8601", Map.of("evt.time.iso8601", 1_470_327_477_881_781_397L));
        assertThat(output.text()).isEqualTo("2016-08-04T16:17:57.881781397+0000");
        assertThat(output.fields()).containsExactly(new OutputField("evt.time.iso8601", 1_470_327_477_881_781_397L));
    }

    @Test
    void theLongestFieldWins() {
        assertThat(render(
                                "%proc.name. %proc.pname%proc.pid",
                                Map.of("proc.name", "a", "proc.pname", "b", "proc.pid", 1))
                        .text())
                .isEqualTo("a. b1");
        assertThat(render("%evt.arg.flags.x %evt.arg[0]", Map.of("evt.arg.flags", "f", "evt.arg[0]", "z"))
                        .text())
                .isEqualTo("f.x z");
    }

    @Test
    void aWidthPadsAndCuts() {
        assertThat(render("[%5proc.name][%2proc.name]", Map.of("proc.name", "abc"))
                        .text())
                .isEqualTo("[abc  ][ab]");
    }

    @Test
    void transformersPrintButAreNoFields() {
        Output output = render(
                "%toupper(basename(proc.exepath)) %len(proc.name) %proc.name",
                Map.of("proc.exepath", "/usr/bin/cat", "proc.name", "cat"));
        assertThat(output.text()).isEqualTo("CAT 3 cat");
        assertThat(output.fields()).containsExactly(new OutputField("proc.name", "cat"));
    }

    @Test
    void fieldsAreCalledAsTheyAreWritten() {
        Output output = render(
                "%evt.arg[flags], %evt.arg.flags %20evt.arg[0] %proc.env['A B'] %proc.name.",
                Map.of("evt.type", "open", "evt.arg.flags", "O_RDONLY"));
        assertThat(output.fields().stream().map(OutputField::name))
                .containsExactly("evt.arg[flags]", "evt.arg.flags", "evt.arg[0]", "proc.env['A B']", "proc.name");
        assertThat(output.fields().getFirst().value()).isEqualTo("O_RDONLY");
    }

    @Test
    void aFieldPrintedTwiceIsOneOutputField() {
        assertThat(render("%proc.name %proc.name", Map.of("proc.name", "a")).fields())
                .hasSize(1);
    }

    @Test
    void extraOutputIsAppendedWhereItFits() {
        RuleFile file = new RuleFile(
                "rules.yaml",
                "- rule: r\n  desc: d\n  condition: evt.type = open\n  output: one\n  priority: INFO\n  tags: [a, b]\n");
        CompileOptions options = CompileOptions.defaults()
                .withExtraOutputs(List.of(
                        new ExtraOutput("two %proc.name", "", java.util.Set.of("a"), ""),
                        new ExtraOutput("three", "", java.util.Set.of("c"), ""),
                        new ExtraOutput("four", "syscall", java.util.Set.of(), "r")));
        assertThat(RuleCompiler.compile(List.of(file), options)
                        .ruleSet()
                        .orElseThrow()
                        .rules()
                        .getFirst()
                        .output())
                .isEqualTo("one two %proc.name four");
    }

    /// As syslog writes processes: `sshd[123]`.
    @Test
    void bracketThatIsNoArgumentOfTheFieldIsText() {
        Map<String, Object> event = new HashMap<>(Map.of("proc.name", "cat", "proc.pid", 20072, "user.uid", 5));
        event.put("proc.aname", "cat");
        event.put("evt.num", 7);
        event.put("proc.cmdline", "cat x");
        event.put("proc.env[A B]", "c");
        assertThat(render("%proc.name[%proc.pid] as %user.uid[uid]", event).text())
                .isEqualTo("cat[20072] as 5[uid]");
        assertThat(render("%proc.aname[%proc.pid]", event).text()).isEqualTo("cat[20072]");
        assertThat(render("%proc.aname[x] %proc.aname[1", event).text()).isEqualTo("cat[x] cat[1");
        assertThat(render("%toupper(proc.name)[x] %evt.num[a b] %proc.cmdline[]", event)
                        .text())
                .isEqualTo("CAT[x] 7[a b] cat x[]");
        assertThat(render("%5proc.name[%5proc.pid]|", event).text()).isEqualTo("cat  [20072]|");
        assertThat(render("%proc.env['A B'] %proc.name[\"%proc.pid\"]", event).text())
                .isEqualTo("c cat[\"20072\"]");
        assertThat(render("%proc.name[%proc.pid]", event).fields())
                .containsExactly(new OutputField("proc.name", "cat"), new OutputField("proc.pid", 20072L));
    }

    @Test
    void fieldWithoutTheArgumentThatItNeedsIsRefused() {
        assertThat(Conditions.compileRules(rule("%evt.arg[no such]")).successful())
                .isFalse();
        assertThat(Conditions.compileRules(rule("%evt.arg[]")).successful()).isFalse();
        assertThat(Conditions.compileRules(rule("%evt.arg")).successful()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fd.ip",
                "fd.port",
                "fd.proto",
                "fd.net",
                "fd.cnet",
                "fd.snet",
                "fd.lnet",
                "fd.rnet",
                "evt.around[1]"
            })
    void fieldForConditionsAlonePrintsNothingAndIsWarnedOf(String field) {
        Map<String, Object> event =
                Map.of("fd.sip", "10.0.0.1", "fd.cip", "10.0.0.2", "fd.sport", 80, "fd.ip", List.of("10.0.0.1"));
        Output output = render("to %" + field + " end", event);
        assertThat(output.text()).isEqualTo("to <NA> end");
        assertThat(output.fields()).containsExactly(new OutputField(field, null));
        assertThat(Conditions.compileRules(rule("%" + field)).diagnostics(Severity.WARNING))
                .anyMatch(warning -> warning.code() == Code.FIELD_NOT_PRINTED);
    }
}
