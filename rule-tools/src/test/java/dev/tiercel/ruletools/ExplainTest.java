package dev.tiercel.ruletools;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.testkit.Golden;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainTest {

    private static final RuleFile RULES = new RuleFile("rules.yaml", """
            - list: shells
              items: [bash, sh]

            - macro: shell
              condition: proc.name in (shells)

            # A comment that belongs to the next.
            - rule: Shell in container
              desc: A shell starts in a container.
              condition: >
                evt.type in (execve, execveat) and shell

                and container.id != host and not proc.aname[2] in (runc) and user.name exists
                and (proc.cmdline contains "a very long argument that nobody would ever give" or proc.args contains short)
            # at the margin
              output: shell %proc.name of %user.name as %tolower(proc.env[HOME]) %k8s.ns.name
              priority: NOTICE
              tags: [b, a]

            # Another comment.
            - rule: Other
              desc: d
              condition: evt.type = open
              output: o
              priority: INFO
            """);
    private static final RuleFile CHANGES = new RuleFile("changes.yaml", """
            - rule: Shell in container
              condition: and not proc.tty = 0
              tags: [c]
              priority: ERROR
              override: {condition: append, tags: append, priority: replace}
            """);

    @Test
    void saysWhatTheRuleIsMadeOf() {
        RuleSet rules = RuleCompiler.compile(List.of(RULES, CHANGES), CompileOptions.defaults())
                .ruleSet()
                .orElseThrow();
        RuleExplanation explained =
                Explainer.explain(rules, rules.rule("Shell in container").orElseThrow());
        StringBuilder text = new StringBuilder();
        text.append(explained.text()).append('\n');
        text.append("changes   ").append(explained.changes()).append('\n');
        text.append("needs     ").append(explained.needs()).append('\n');
        text.append("condition\n").append(explained.condition()).append('\n');
        text.append("ir        ").append(explained.ir()).append('\n');
        explained
                .fields()
                .forEach(field -> text.append("%s %s condition=%s output=%s%n"
                        .formatted(field.name(), field.field().type(), field.inCondition(), field.inOutput())));
        Golden.check("explain/shell.txt", text.toString());
    }

    private static final RuleFile CORRELATIONS = new RuleFile("correlations.yaml", """
            - signal: Exec into a pod
              source: k8s_audit
              condition: ka.verb in (create, get) and ka.target.subresource = exec
            - correlation: Shell after an exec
              desc: Somebody entered a pod, and a shell started there.
              type: temporal_ordered
              steps:
                - {id: entered, rule: Exec into a pod, where: ka.user.name exists}
                - {id: shell, rule: Shell in container, where: proc.name != entered.ka.user.name}
              group-by: [pod]
              aliases: {pod: {syscall: k8s.pod.name, k8s_audit: ka.target.name}}
              timespan: 90s
              output: "%entered.ka.user.name in %pod: %shell.proc.cmdline"
              priority: ERROR
              exceptions: [{name: who, fields: [entered.ka.user.name], values: [[root]]}]
            - correlation: Again and again
              desc: d
              type: event_count
              rules: Shell after an exec
              condition: {gte: 3}
              timespan: 1d
              output: "%step1.pod"
              priority: ERROR
            - correlation: Many ways in
              desc: d
              type: value_count
              steps:
                - {id: entered, rule: Exec into a pod, where: ka.user.name exists}
                - {id: shell, rule: Shell in container}
              group-by: [who]
              aliases: {who: {syscall: user.name, k8s_audit: ka.user.name}, where: {syscall: k8s.pod.name, k8s_audit: ka.target.name}}
              condition: {gte: 3, field: where}
              timespan: 1h
              output: "%who in %where (%evt.time)"
              priority: ERROR
              exceptions: [{name: who, fields: [proc.name], values: [[sh]]}]
            """);

    @Test
    void saysWhatACorrelationIsMadeOf() {
        RuleSet rules = RuleCompiler.compile(List.of(RULES, CORRELATIONS), CompileOptions.defaults())
                .ruleSet()
                .orElseThrow();
        StringBuilder text = new StringBuilder();
        rules.correlations().forEach(correlation -> {
            CorrelationExplanation explained = CorrelationExplainer.explain(rules, correlation);
            text.append(explained.text()).append('\n');
            text.append("key       ").append(explained.key()).append('\n');
            text.append("sources   ").append(explained.sources()).append('\n');
            text.append("needs     ").append(explained.needs()).append('\n');
            text.append("state     ").append(explained.state()).append('\n');
            text.append("raised    ").append(explained.raised()).append('\n');
            text.append("except    ").append(explained.except()).append('\n');
            explained.steps().forEach(step -> text.append(step).append('\n'));
        });
        Golden.check("explain/correlations.txt", text.toString());
    }

    @Test
    void knowsWhatAWrongNameMayMean() {
        RuleSet rules = RuleCompiler.compile(List.of(RULES), CompileOptions.defaults())
                .ruleSet()
                .orElseThrow();
        assertThat(rules.suggestion("shell in contaner")).isEqualTo("did you mean 'Shell in container'?");
        assertThat(rules.suggestion("x")).isEmpty();
    }
}
