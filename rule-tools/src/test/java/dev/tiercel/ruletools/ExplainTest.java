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

    @Test
    void knowsWhatAWrongNameMayMean() {
        RuleSet rules = RuleCompiler.compile(List.of(RULES), CompileOptions.defaults())
                .ruleSet()
                .orElseThrow();
        assertThat(rules.suggestion("shell in contaner")).isEqualTo("did you mean 'Shell in container'?");
        assertThat(rules.suggestion("x")).isEmpty();
    }
}
