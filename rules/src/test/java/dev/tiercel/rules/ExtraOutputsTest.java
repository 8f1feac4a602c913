package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.ExtraOutput;
import dev.tiercel.rules.output.Output;
import dev.tiercel.rules.output.OutputField;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Severity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Extra outputs and static fields.
class ExtraOutputsTest {

    private static final Map<String, Object> EVENT =
            Map.of("evt.type", "open", "proc.name", "cat", "proc.pid", 7, "fd.types", List.of("file"));

    private static CompileOptions with(ExtraOutput... extras) {
        return CompileOptions.defaults().withExtraOutputs(List.of(extras));
    }

    private static RuleFile file(String condition, String output) {
        return new RuleFile(
                "rules.yaml",
                "- rule: r\n  desc: d\n  condition: %s\n  output: \"%s\"\n  priority: INFO\n  tags: [a, b]\n"
                        .formatted(condition, output));
    }

    private static Output render(RuleFile file, CompileOptions options) {
        RuleSet rules = RuleCompiler.compile(List.of(file), options).ruleSet().orElseThrow();
        return rules.rules().getFirst().outputFormat().render(new MapRow(rules.slots(), EVENT));
    }

    @Test
    void fieldsAreTextOrTheValue() {
        Output output = render(
                file("evt.type = open", "x %proc.name"),
                with(
                        ExtraOutput.field("who", "<%proc.name> %user.name", "syscall", Set.of("a"), "r"),
                        ExtraOutput.rawField("proc.pid", "", Set.of(), ""),
                        ExtraOutput.rawField("user.name", "", Set.of(), ""),
                        ExtraOutput.rawField("fd.types", "", Set.of(), ""),
                        ExtraOutput.field("not", "x", "k8s_audit", Set.of(), "")));
        assertThat(output.text()).isEqualTo("x cat");
        assertThat(output.fields())
                .containsExactly(
                        new OutputField("proc.name", "cat"),
                        new OutputField("who", "<cat> <NA>"),
                        new OutputField("proc.pid", 7L),
                        new OutputField("user.name", null),
                        new OutputField("fd.types", List.of("file")));
    }

    @Test
    void aLaterFieldOfTheSameNameWins() {
        Output output = render(
                file("evt.type = open", "x"),
                with(ExtraOutput.field("a", "one", "", Set.of(), ""), ExtraOutput.field("a", "two", "", Set.of(), "")));
        assertThat(output.fields()).containsExactly(new OutputField("a", "two"));
    }

    @Test
    void aBadFormatIsAnErrorOfTheOutput() {
        Compilation compilation = RuleCompiler.compile(
                List.of(file("evt.type = open", "x")), with(ExtraOutput.field("a", "%proc.nome", "", Set.of(), "")));
        assertThat(compilation.diagnostics(Severity.ERROR))
                .extracting(Diagnostic::code)
                .containsExactly(Code.LOAD_ERR_COMPILE_OUTPUT);
    }

    @Test
    void aMistakeIsReportedOnceByTheNameOfTheSetting() {
        RuleFile rules = new RuleFile(
                "rules.yaml",
                file("evt.type = open", "x").content()
                        + file("evt.type = open", "y").content().replace("rule: r", "rule: s"));
        Compilation compilation = RuleCompiler.compile(
                List.of(rules),
                with(
                        new ExtraOutput("by %user.nam", "", Set.of(), ""),
                        ExtraOutput.field("a", "%user.nam", "", Set.of(), ""),
                        ExtraOutput.rawField("proc.pid", "", Set.of(), "")));
        assertThat(compilation.diagnostics())
                .extracting(Diagnostic::summary)
                .containsExactly("error[LOAD_ERR_COMPILE_OUTPUT]: invalid formatting token user.nam"
                        + " in setting 'detector.append-output' — did you mean 'user.name'?");
    }

    @Test
    void suggestedFieldsAreOfContainersAndPods() {
        assertThat(ExtraOutput.suggested("syscall", Set.of(), ""))
                .extracting(ExtraOutput::format)
                .contains("container_id=%container.id", "k8s_pod_name=%k8s.pod.name");
        assertThat(ExtraOutput.suggested("github", Set.of(), "")).isEmpty();
    }

    /// A rule of another source has no containers, and would not compile with them.
    @Test
    void suggestedFieldsAreForTheRulesOfTheirSource() {
        RuleFile audit = new RuleFile("audit.yaml", """
                - {rule: audit, desc: d, condition: ka.verb = get, output: o, priority: INFO, source: k8s_audit}
                """);
        CompileOptions options = with(ExtraOutput.suggested("", Set.of(), "").toArray(ExtraOutput[]::new));
        Compilation compilation = RuleCompiler.compile(List.of(file("evt.type = open", "x"), audit), options);
        assertThat(compilation.diagnostics(Severity.ERROR)).isEmpty();
        assertThat(compilation.ruleSet().orElseThrow().rules())
                .extracting(Rule::output)
                .satisfiesExactly(
                        output -> assertThat(output).startsWith("x container_id=%container.id "),
                        output -> assertThat(output).isEqualTo("o"));
    }

    private static final String CORRELATIONS = """
            - signal: opened
              condition: evt.type = open
            - signal: asked
              source: k8s_audit
              condition: ka.verb = get
            - correlation: often
              desc: d
              type: event_count
              rules: opened
              condition: {gte: 2}
              timespan: 1m
              output: often
              priority: INFO
              tags: [a]
            - correlation: both
              desc: d
              type: temporal
              rules: [opened, asked]
              timespan: 1m
              output: both
              priority: INFO
            - correlation: again
              desc: d
              type: event_count
              rules: both
              condition: {gte: 2}
              timespan: 1m
              output: again
              priority: INFO
            """;

    private static Compilation correlations(ExtraOutput... extras) {
        return RuleCompiler.compile(List.of(new RuleFile("rules.yaml", CORRELATIONS)), with(extras));
    }

    private static List<String> outputs(ExtraOutput... extras) {
        return correlations(extras).ruleSet().orElseThrow().correlations().stream()
                .map(correlation -> correlation.output().toString())
                .toList();
    }

    @Test
    void correlationsAreOfTheSourceOfTheirAlerts() {
        assertThat(outputs(new ExtraOutput("!", "syscall", Set.of(), ""))).containsExactly("often !", "both", "again");
        assertThat(outputs(new ExtraOutput("!", "k8s_audit,syscall", Set.of(), "")))
                .containsExactly("often", "both !", "again");
        assertThat(outputs(new ExtraOutput("!", "correlation", Set.of(), "")))
                .containsExactly("often !", "both !", "again !");
        assertThat(outputs(new ExtraOutput("!", "", Set.of("a"), ""))).containsExactly("often !", "both", "again");
        assertThat(outputs(new ExtraOutput("!", "", Set.of(), "both"))).containsExactly("often", "both !", "again");
    }

    @Test
    void whatIsNotMeantForCorrelationsMayNameWhatTheyLack() {
        assertThat(outputs(new ExtraOutput("by %proc.name", "", Set.of(), "")))
                .containsExactly("often by %proc.name", "both", "again");
        assertThat(correlations(new ExtraOutput("by %proc.name", "correlation", Set.of(), ""))
                        .diagnostics())
                .extracting(Diagnostic::summary)
                .first()
                .asString()
                .startsWith("error[LOAD_ERR_COMPILE_OUTPUT]: invalid formatting token proc.name"
                        + " in setting 'detector.append-output'");
        assertThat(outputs(new ExtraOutput("by %step1.proc.name", "", Set.of(), "both")))
                .containsExactly("often", "both by %step1.proc.name", "again");
    }

    @Test
    void correlationsHaveExtraFields() {
        Correlation often = correlations(
                        ExtraOutput.field("times", "%correlation.count of %proc.name", "correlation", Set.of("a"), ""),
                        ExtraOutput.rawField("proc.pid", "syscall", Set.of(), ""))
                .ruleSet()
                .orElseThrow()
                .correlations()
                .getFirst();
        Output output = often.output()
                .render(new MapRow(
                        often.fields().slots(),
                        Map.of("correlation.count", 2, "step1.proc.name", "cat", "step1.proc.pid", 7)));
        assertThat(output.fields())
                .containsExactly(new OutputField("times", "2 of cat"), new OutputField("proc.pid", 7L));
        assertThat(often.steps().getFirst().captured())
                .extracting(FieldReference::text)
                .containsExactly("proc.name", "proc.pid");
    }

    @Test
    void whatIsAddedToACorrelationIsPartOfItsHash() {
        ExtraOutput field = ExtraOutput.field("a", "b", "correlation", Set.of(), "");
        ExtraOutput text = new ExtraOutput("b", "correlation", Set.of(), "");
        assertThat(List.of(hash(), hash(field), hash(text))).doesNotHaveDuplicates();
    }

    private static String hash(ExtraOutput... extras) {
        return correlations(extras)
                .ruleSet()
                .orElseThrow()
                .correlations()
                .getFirst()
                .hash();
    }

    @Test
    void staticFieldsArePrintedAndAmongTheFields() {
        Output output = render(
                file("evt.type = open", "in %static.site, %concat(static.site, proc.name)."),
                CompileOptions.defaults().withStaticFields(Map.of("site", "home", "team", "blue")));
        assertThat(output.text()).isEqualTo("in home, homecat.");
        assertThat(output.fields())
                .containsExactly(new OutputField("static.site", "home"), new OutputField("static.team", "blue"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            static.site = home | true
            static.site != home | false
            static.site in (a, home) | true
            static.site glob h* and static.site exists | true
            static.site != anyof (home, away) | true
            proc.name = val(static.site) | false
            not proc.name = val(static.site) | true
            concat(proc.name, static.site) = cathome | true
            """)
    void staticFieldsAreConstants(String condition, boolean holds) {
        CompileOptions options = CompileOptions.defaults().withStaticFields(Map.of("site", "home"));
        RuleSet rules = RuleCompiler.compile(List.of(file("evt.type = open and (" + condition + ")", "x")), options)
                .ruleSet()
                .orElseThrow();
        boolean[] matched = new boolean[1];
        rules.newEvaluator(FieldCatalog.SYSCALL).evaluate(new MapRow(rules.slots(), EVENT), rule -> matched[0] = true);
        assertThat(matched[0]).isEqualTo(holds);
    }

    @Test
    void anUnknownStaticFieldIsAnUnknownField() {
        Compilation compilation =
                RuleCompiler.compile(List.of(file("static.site = home", "x")), CompileOptions.defaults());
        assertThat(compilation.diagnostics(Severity.ERROR))
                .extracting(Diagnostic::message)
                .containsExactly("filter_check called with nonexistent field static.site");
    }
}
