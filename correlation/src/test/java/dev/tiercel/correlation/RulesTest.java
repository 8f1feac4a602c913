package dev.tiercel.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.match.MatchMaker;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.correlation.Correlation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// From rules files to alerts: what `where`, exceptions, keys and outputs name is where the events have it.
class RulesTest {
    private static final String RULES = """
            - signal: Exec
              source: k8s_audit
              condition: ka.verb = create
            - signal: Read
              condition: evt.type = openat
            - correlation: Read after exec
              desc: d
              type: temporal_ordered
              steps:
                - {id: entered, rule: Exec}
                - {id: read, rule: Read, where: fd.name startswith /secret and proc.name != entered.ka.user.name}
              group-by: [pod]
              aliases:
                pod: {syscall: k8s.pod.name, k8s_audit: ka.target.name}
              timespan: 10m
              output: "%entered.ka.user.name in %pod read %read.fd.name (%correlation.count)"
              priority: CRITICAL
              exceptions:
                - {name: users, fields: [entered.ka.user.name], comps: [=], values: [[robot]]}
            - correlation: Twice
              desc: d
              type: event_count
              rules: Read after exec
              group-by: [pod]
              timespan: 1h
              condition: {gte: 2}
              output: "%pod twice, last by %entered.ka.user.name"
              priority: CRITICAL
            """;

    private final RuleSet rules = compile();
    private final Run run = new Run(rules.correlations().toArray(Correlation[]::new));

    private static RuleSet compile() {
        Compilation compilation =
                RuleCompiler.compile(List.of(new RuleFile("rules.yaml", RULES)), CompileOptions.defaults());
        return compilation.ruleSet().orElseThrow(() -> new AssertionError(compilation.diagnostics()));
    }

    private void event(String source, double seconds, Map<String, ?> fields) {
        MapRow row = new MapRow(rules.slots(), fields);
        MatchMaker maker = new MatchMaker(rules.correlations(), source, rules.slots());
        Evidence event = new Evidence(source, Run.nanos(seconds), "e" + seconds, "node", "t", 0, 1, 0, true);
        List<Match> matches = new ArrayList<>();
        rules.newEvaluator(source).evaluate(row, rule -> maker.make(rule.name(), row, event, matches::add));
        matches.forEach(run::match);
    }

    private void exec(double seconds, String user) {
        event("k8s_audit", seconds, Map.of("ka.verb", "create", "ka.user.name", user, "ka.target.name", "web"));
    }

    private void read(double seconds, String file, String program) {
        event(
                "syscall",
                seconds,
                Map.of("evt.type", "openat", "fd.name", file, "proc.name", program, "k8s.pod.name", "web"));
    }

    private List<String> outputs() {
        return run.lastRevisions().stream().map(alert -> alert.output().text()).toList();
    }

    @Test
    void joinsSourcesByTheirKeys() {
        exec(1, "eve");
        read(2, "/public", "cat");
        read(3, "/secret/token", "eve");
        exec(4, "robot");
        read(5, "/secret/token", "cat");
        assertThat(outputs()).containsExactly("eve in web read /secret/token (2)");
        assertThat(run.lastRevisions().getFirst().evidence())
                .extracting(part -> part.step() + " " + part.event().source())
                .containsExactly("entered k8s_audit", "read syscall");
    }

    @Test
    void oneCorrelationFeedsAnother() {
        for (int time = 0; time < 40; time += 20) {
            exec(time + 1, "eve" + time);
            read(time + 2, "/secret/token", "cat");
        }
        run.clock("k8s_audit", 100).clock(100);
        assertThat(outputs()).contains("web twice, last by eve20");
        assertThat(run.lastRevisions().getLast().evidence()).hasSize(4);
    }
}
