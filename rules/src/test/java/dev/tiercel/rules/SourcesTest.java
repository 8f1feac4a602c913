package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.check.Conditions;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.testkit.Corpus;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rules can use the fields of their own event source only.
class SourcesTest {

    private static final String PLUGINS = "data/falco-rules/plugins";

    private static Compilation compile(String source, String condition) {
        return Conditions.compileRules("""
                - rule: the rule
                  desc: a rule
                  condition: %s
                  output: at %%evt.time
                  priority: WARNING
                  source: %s
                """.formatted(condition, source));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            syscall        | proc.name = sh and evt.num > 0
            syscall        | jevt.value[/a/b] = x
            k8s_audit      | ka.verb = create and jevt.value[/stage] = x
            k8s_audit      | ka.req.pod.containers.image[0] in (nginx)
            k8s_audit      | ka.uri.param[watch] = true
            aws_cloudtrail | ct.name = ConsoleLogin and json.value["/a b/0"] exists
            aws_cloudtrail | ec2.imageids[1] exists
            gcp_auditlog   | gcp.methodName endswith .Delete
            okta           | okta.mfa.failure.countlast[300] >= 5
            github         | github.type = push and evt.rawtime > 0
            """)
    void ownFieldsAndThoseOfEverySourceAreKnown(String source, String condition) {
        assertThat(compile(source, condition).diagnostics(Severity.ERROR)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            syscall        | ka.verb = create        | it is a field of source 'k8s_audit'
            syscall        | ct.name = ConsoleLogin  | it is a field of source 'aws_cloudtrail'
            k8s_audit      | proc.name = sh          | it is a field of source 'syscall'
            k8s_audit      | evt.type = open         | it is a field of source 'syscall'
            aws_cloudtrail | ka.verb = create        | it is a field of source 'k8s_audit'
            okta           | evt.arg.flags exists    | it is a field of source 'syscall'
            k8s_audit      | ka.verbs = create       | did you mean 'ka.verb'?
            """)
    void fieldsOfOtherSourcesAreRejectedWithAHint(String source, String condition, String hint) {
        List<Diagnostic> errors = compile(source, condition).diagnostics(Severity.ERROR);

        assertThat(errors).extracting(Diagnostic::code).containsExactly(Code.LOAD_ERR_COMPILE_CONDITION);
        assertThat(errors).extracting(Diagnostic::hint).containsExactly(hint);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k8saudit", "k8saudit-eks", "k8saudit-aks", "k8saudit-gke", "k8saudit-ovh"})
    void everyOfficialPluginOfKubernetesIsThere(String plugin) {
        assertThat(Conditions.compileRules("""
                        - required_plugin_versions:
                          - name: %s
                            version: 0.12.0
                          - name: json
                            version: 0.7.0
                        """.formatted(plugin)).diagnostics()).isEmpty();
    }

    @Test
    void argumentsOfTheWrongFormAreRejected() {
        assertThat(compile("k8s_audit", "ka.req.pod.containers.image[first] in (nginx)")
                        .successful())
                .isFalse();
        assertThat(compile("k8s_audit", "ka.uri.param = x").successful()).isFalse();
        assertThat(compile("k8s_audit", "ka.verb[0] = create").successful()).isFalse();
        assertThat(compile("okta", "okta.mfa.failure.countlast = 1").successful())
                .isFalse();
    }

    @Test
    void fieldsWithoutValuesAreNotedOncePerFile() {
        Compilation compilation = Conditions.compileRules("""
                - rule: one
                  desc: a rule
                  condition: evt.type = open and proc.vmsize > 10 and fd.cip.name = a
                  output: size=%proc.vmsize
                  priority: WARNING
                - rule: two
                  desc: another rule
                  condition: evt.type = open and proc.vmsize > 20
                  output: size=%proc.vmsize
                  priority: WARNING
                """, """
                - rule: three
                  desc: a rule of another file
                  condition: evt.type = open and proc.vmrss > 10
                  output: it happened
                  priority: WARNING
                """);

        assertThat(compilation.diagnostics(Severity.NOTE))
                .extracting(Diagnostic::summary)
                .satisfiesExactly(
                        first ->
                                assertThat(first).startsWith("rules.yaml: note").endsWith("fd.cip.name, proc.vmsize"),
                        second -> assertThat(second)
                                .startsWith("rules2.yaml: note")
                                .endsWith("proc.vmrss"));
    }

    @Test
    void filesThatChangeOneAnotherLoadTogether() throws IOException {
        List<RuleFile> files = new ArrayList<>();
        for (String name : List.of(
                "k8saudit_rules_k8s_audit_rules.yaml",
                "k8saudit-gke_rules_k8s_audit_rules_gke.yaml",
                "k8saudit-gke_hack_rules.yaml",
                "cloudtrail_rules_aws_cloudtrail_rules.yaml",
                "okta_rules_okta_rules.yaml")) {
            files.add(OfficialRulesTest.read(Shared.required(PLUGINS + "/" + name)));
        }

        assertThat(sourcesOf(files)).contains("k8s_audit", "aws_cloudtrail", "okta");
    }

    @Test
    void ourFilesThatChangeOneAnotherLoadTogether() throws IOException {
        List<RuleFile> files = OfficialRulesTest.ruleSet(Corpus.OURS);
        for (String name : List.of("cloudtrail_rules", "k8s_audit_rules", "k8s_audit_more_rules")) {
            files.add(
                    OfficialRulesTest.read(Corpus.OURS.pluginRules().getFirst().resolveSibling(name + ".yaml")));
        }

        assertThat(sourcesOf(files)).contains("syscall", "k8s_audit", "aws_cloudtrail");
    }

    private static List<String> sourcesOf(List<RuleFile> files) {
        Compilation compilation = RuleCompiler.compile(files, CompileOptions.defaults());
        assertThat(compilation.diagnostics(Severity.ERROR)).isEmpty();
        return compilation.ruleSet().orElseThrow().rules().stream()
                .map(Rule::source)
                .toList();
    }
}
