package dev.tiercel.rules.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.BackEnd;
import dev.tiercel.rules.engine.RowCondition;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.source.Code;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorrelationsTest {
    private static final String RULES = """
            - signal: Exec into a pod
              source: k8s_audit
              condition: ka.verb in (create, get) and ka.target.subresource in (exec, attach)
            - rule: Token read
              desc: d
              condition: evt.type in (open, openat) and fd.name endswith /token
              output: token
              priority: NOTICE
              suppress: {by: [proc.name], for: 1h}
              shadow: true
            """;

    private static final String CORRELATION = """
            - correlation: Credentials
              desc: Somebody entered a pod and read its token
              type: temporal_ordered
              steps:
                - {id: entered, rule: Exec into a pod}
                - {id: read, rule: Token read, where: proc.name != entered.ka.user.name and evt.type = open}
              group-by: [pod]
              aliases:
                pod: {syscall: k8s.pod.uid, k8s_audit: ka.target.name}
              timespan: 10m
              until: {rule: Exec into a pod, where: ka.verb = delete}
              output: "%entered.ka.user.name entered %pod, %read.proc.cmdline read %read.fd.name (%correlation.count)"
              priority: CRITICAL
              tags: [T1609, T1552]
              suppress: {by: [pod], for: 1h}
              exceptions:
                - name: known
                  fields: [pod, read.proc.name]
                  comps: [=, in]
                  values: [[p1, [cat, less]]]
            """;

    static Compilation compile(String... texts) {
        return RuleCompiler.compile(
                List.of(new RuleFile("rules.yaml", String.join("", texts))), CompileOptions.defaults());
    }

    static RuleSet rules(String... texts) {
        Compilation compilation = compile(texts);
        assertThat(compilation.diagnostics()).isEmpty();
        return compilation.ruleSet().orElseThrow();
    }

    private static Correlation correlation(String... texts) {
        return rules(texts).correlations().getLast();
    }

    private static List<String> texts(List<FieldReference> references) {
        return references.stream().map(FieldReference::text).toList();
    }

    private static Suppression suppression(@Nullable Suppression suppression) {
        return Objects.requireNonNull(suppression);
    }

    @Test
    void becomesAPlan() {
        RuleSet rules = rules(RULES, CORRELATION);
        Correlation plan = rules.correlations().getFirst();
        assertThat(plan.type()).isEqualTo(CorrelationType.TEMPORAL_ORDERED);
        assertThat(plan.timespan()).isEqualTo(Duration.ofMinutes(10));
        assertThat(plan.steps()).extracting(CorrelationStep::source).containsExactly("k8s_audit", "syscall");
        assertThat(texts(plan.steps().getFirst().captured())).containsExactly("ka.target.name", "ka.user.name");
        assertThat(texts(plan.steps().getLast().captured()))
                .containsExactly("evt.type", "fd.name", "k8s.pod.uid", "proc.cmdline", "proc.name");
        assertThat(plan.steps()).extracting(CorrelationStep::key).containsExactly(List.of(0), List.of(2));
        assertThat(plan.until()).extracting(CorrelationStep::number).isEqualTo(2);
        assertThat(texts(suppression(plan.suppress()).by())).containsExactly("pod");
        assertThat(plan.atOnce()).isFalse();
    }

    @Test
    void knowsWhatItsRulesFeed() {
        RuleSet rules = rules(RULES, CORRELATION);
        assertThat(rules.steps(rules.rule("Exec into a pod").orElseThrow()))
                .extracting(feed -> feed.step().id())
                .containsExactly("entered", "until");
        assertThat(texts(rules.slots().references())).contains("k8s.pod.uid", "proc.cmdline", "ka.user.name");
    }

    @Test
    void findsTheFieldsOfItsEvidence() {
        Correlation plan = correlation(RULES, CORRELATION);
        EvidenceFields fields = plan.fields();
        for (int slot = 0; slot < fields.slots().size(); slot++) {
            String name = fields.slots().reference(slot).text();
            EvidenceFields.Place place = fields.places().get(slot);
            if (place.step() >= 0) {
                CorrelationStep step = plan.allSteps().get(place.step());
                assertThat(name)
                        .isEqualTo(step.id() + "."
                                + step.captured().get(place.position()).text());
            }
        }
        assertThat(texts(fields.slots().references()))
                .contains("pod", "correlation.count", "read.evt.type", "until.ka.verb");
    }

    @Test
    void judgesEvidence() {
        Correlation plan = correlation(RULES, CORRELATION);
        MapRow row = new MapRow(plan.fields().slots());
        row.event(Map.of("entered.ka.user.name", "eve", "read.proc.name", "cat", "read.evt.type", "open", "pod", "p1"));
        assertThat(holds(plan, plan.steps().getLast().where(), row)).isTrue();
        assertThat(holds(plan, plan.wanted(), row)).isFalse();
        assertThat(plan.output().render(row).text()).startsWith("eve entered p1, <NA> read");
        row.event(Map.of("entered.ka.user.name", "eve", "read.proc.name", "eve", "read.evt.type", "open", "pod", "p1"));
        assertThat(holds(plan, plan.steps().getLast().where(), row)).isFalse();
        assertThat(holds(plan, plan.wanted(), row)).isTrue();
    }

    private static boolean holds(Correlation plan, Ir condition, MapRow row) {
        return RowCondition.of(condition, plan.fields().slots()).holds(row);
    }

    @Test
    void rulesAndSignalsSayWhatTheyAre() {
        RuleSet rules = rules(RULES);
        assertThat(rules.rule("Exec into a pod").orElseThrow().signal()).isTrue();
        assertThat(rules.rule("Token read").orElseThrow().shadow()).isTrue();
        assertThat(suppression(rules.rule("Token read").orElseThrow().suppress())
                        .period())
                .isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @EnumSource
    void signalsHideNothingAndAreNotHidden(BackEnd backEnd) {
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            text.append("- rule: r%d\n  desc: d\n  condition: evt.type = open\n  output: o\n  priority: INFO\n"
                    .formatted(i));
            text.append("- signal: s%d\n  condition: evt.type = open and proc.name startswith c\n".formatted(i));
            expected.add("s" + i);
        }
        expected.add("r0");
        CompileOptions options =
                CompileOptions.defaults().withMatching(RuleMatching.FIRST).withBackEnd(backEnd);
        RuleSet rules = RuleCompiler.compile(List.of(new RuleFile("rules.yaml", text.toString())), options)
                .ruleSet()
                .orElseThrow();
        List<String> names = new ArrayList<>();
        rules.newEvaluator("syscall")
                .evaluate(
                        new MapRow(rules.slots(), Map.of("evt.type", "open", "proc.name", "cat")),
                        rule -> names.add(rule.name()));
        assertThat(names).isEqualTo(expected);
    }

    private static final String COUNT = """
            - correlation: Many tokens
              desc: d
              type: value_count
              rules: Token read
              group-by: proc.name
              condition: {gte: 5, field: fd.name}
              timespan: 1h
              output: "%proc.name read %correlation.count tokens, user %user.name"
              priority: WARNING
            - correlation: Twice
              desc: d
              type: event_count
              rules: [Many tokens]
              group-by: [proc.name]
              condition: {gt: 1}
              timespan: 1d
              output: "%proc.name %step1.user.uid %proc.cmdline"
              priority: WARNING
            """;

    @Test
    void aChainCarriesWhatItsEndNames() {
        RuleSet rules = rules(RULES, COUNT);
        Correlation inner = rules.correlations().getFirst();
        Correlation outer = rules.correlations().getLast();
        assertThat(inner.atOnce()).isTrue();
        assertThat(inner.threshold()).isEqualTo(new Threshold(Threshold.Comparison.GTE, 5, "fd.name", 0));
        assertThat(texts(outer.steps().getFirst().captured()))
                .containsExactly("step1.proc.cmdline", "step1.proc.name", "step1.user.uid");
        assertThat(inner.fields().slots().references())
                .containsAll(outer.steps().getFirst().captured());
        assertThat(texts(inner.steps().getFirst().captured()))
                .containsExactly("fd.name", "proc.cmdline", "proc.name", "user.name", "user.uid");
        assertThat(rules.steps(inner)).extracting(Feed::correlation).containsExactly(outer);
    }

    @Test
    void theCountOfACorrelationIsItsOwn() {
        Correlation plan = correlation(RULES, COUNT.replace("%step1.user.uid", "%correlation.count"));
        EvidenceFields fields = plan.fields();
        assertThat(fields.places()).contains(new EvidenceFields.Place(EvidenceFields.Place.COUNT, 0));
        assertThat(texts(plan.steps().getFirst().captured())).doesNotContain("correlation.count");
    }

    private static final String POOLED = """
            - signal: Password refused
              source: okta
              condition: okta.result = FAILURE
            - correlation: Guesses everywhere
              desc: d
              type: value_count
              steps:
                - {id: file, rule: Token read, where: user.name != root}
                - {id: pod, rule: Exec into a pod}
                - {id: okta_sign_in, rule: Password refused}
              group-by: [who]
              condition: {gte: 3, field: from.where}
              aliases:
                who: {syscall: user.name, k8s_audit: ka.user.name, okta: okta.actor.alternateid}
                from.where: {syscall: evt.hostname, k8s_audit: "ka.sourceips[0]", okta: okta.client.ip}
              timespan: 10m
              until: Exec into a pod
              output: "%who %from.where %proc.name %evt.time %file.fd.name %correlation.count"
              priority: CRITICAL
              exceptions:
                - {name: known, fields: [proc.name, from.where], comps: [=, in], values: [[cat, [h1, h2]]]}
            """;

    @Test
    void stepsOfSeveralSourcesArePooled() {
        Correlation plan = correlation(RULES, POOLED);
        assertThat(texts(plan.steps().get(0).captured()))
                .containsExactly("evt.hostname", "evt.time", "fd.name", "proc.name", "user.name");
        assertThat(texts(plan.steps().get(1).captured()))
                .containsExactly("evt.time", "ka.sourceips[0]", "ka.user.name");
        assertThat(plan.steps()).extracting(CorrelationStep::value).containsExactly(0, 1, 2);
        assertThat(plan.allSteps().getLast().value()).isEqualTo(-1);
        List<FieldReference> named = plan.fields().slots().references();
        assertThat(texts(named)).contains("who", "from.where", "proc.name", "evt.time", "file.fd.name");
        EvidenceFields.Place ofLast = plan.fields().places().get(texts(named).indexOf("proc.name"));
        assertThat(ofLast.step()).isEqualTo(EvidenceFields.Place.LAST);
        assertThat(plan.fields().ofLast().get(ofLast.position())).containsExactly(3, -1, -1, -1);
    }

    @Test
    void theListOfStepsIsStructure() {
        Correlation before = correlation(RULES, POOLED);
        Correlation fewer = correlation(
                RULES,
                POOLED.replace("    - {id: okta_sign_in, rule: Password refused}\n", "")
                        .replace(", okta: okta.actor.alternateid", "")
                        .replace(", okta: okta.client.ip", ""));
        assertThat(fewer.structure()).isNotEqualTo(before.structure());
        Correlation renamed = correlation(RULES, POOLED.replace("okta_sign_in", "refused"));
        assertThat(renamed.structure()).isEqualTo(before.structure());
    }

    @Test
    void whatIsFedByPooledStepsNamesTheirFields() {
        Correlation plan = correlation(RULES, POOLED, """
                - correlation: Again
                  desc: d
                  type: event_count
                  rules: [Guesses everywhere, Token read]
                  group-by: [proc.name]
                  condition: {gte: 2}
                  timespan: 1d
                  output: "%proc.name %correlation.count %step1.correlation.count %step1.file.fd.name %fd.name"
                  priority: CRITICAL
                """);
        assertThat(texts(plan.steps().getFirst().captured()))
                .containsExactly("correlation.count", "fd.name", "file.fd.name", "proc.name");
        assertThat(texts(plan.steps().getLast().captured())).containsExactly("fd.name", "proc.name");
    }

    @Test
    void stateOutlivesEditsThatDoNotConcernIt() {
        Correlation before = correlation(RULES, CORRELATION);
        Correlation edited = correlation(
                RULES,
                CORRELATION
                        .replace("CRITICAL", "ERROR")
                        .replace("[T1609, T1552]", "[T1609]")
                        .replace("less", "more")
                        .replace("Somebody", "Someone"));
        Correlation longer = correlation(RULES, CORRELATION.replace("10m", "11m"));
        Correlation other = correlation(RULES, CORRELATION.replace("proc.name != ", "proc.name = "));
        assertThat(edited.structure()).isEqualTo(before.structure());
        assertThat(edited.hash()).isNotEqualTo(before.hash());
        assertThat(longer.structure()).isNotEqualTo(before.structure());
        assertThat(other.structure()).isNotEqualTo(before.structure());
    }

    @Test
    void anEditOfWhatFeedsItMakesAnotherEdition() {
        RuleSet before = rules(RULES, COUNT);
        RuleSet after = rules(RULES.replace("endswith /token", "endswith /tokens"), COUNT);
        assertThat(after.correlations())
                .extracting(Correlation::hash)
                .isEqualTo(before.correlations().stream().map(Correlation::hash).toList());
        assertThat(editions(after)).doesNotContainAnyElementsOf(editions(before));
        assertThat(editions(rules(RULES, COUNT))).isEqualTo(editions(before));
    }

    private static List<String> editions(RuleSet rules) {
        return rules.correlations().stream().map(Correlation::edition).toList();
    }

    @Test
    void evidenceHasWhatSuppressNames() {
        Correlation plan = correlation(RULES, """
                - correlation: Often
                  desc: d
                  type: event_count
                  rules: Token read
                  condition: {gte: 2}
                  timespan: 1h
                  output: o
                  priority: INFO
                  suppress: {by: [container.id], for: 1h}
                """);
        assertThat(plan.fields().slots().references())
                .containsAll(suppression(plan.suppress()).by());
        assertThat(texts(plan.steps().getFirst().captured())).containsExactly("container.id");
    }

    @Test
    void stepsOfUnknownSourcesSkipTheirCorrelation() {
        Compilation compilation = compile(RULES, CORRELATION.replace("rule: Token read,", "rule: Elsewhere,"), """
                - signal: Elsewhere
                  source: mars
                  condition: proc.name = x
                - correlation: After it
                  desc: d
                  type: event_count
                  rules: Credentials
                  condition: {gte: 2}
                  timespan: 1h
                  output: o
                  priority: INFO
                """);
        assertThat(compilation.diagnostics())
                .extracting(Diagnostic::code)
                .containsOnly(Code.LOAD_UNKNOWN_SOURCE)
                .hasSize(3);
        assertThat(compilation.ruleSet().orElseThrow().correlations()).isEmpty();
    }

    @Test
    void whatNeedsADisabledRuleIsSaid() {
        Compilation compilation = compile(RULES, CORRELATION, """
                - rule: Token read
                  enabled: false
                  override: {enabled: replace}
                """);
        assertThat(compilation.diagnostics()).extracting(Diagnostic::code).containsExactly(Code.CORRELATION_STEP_OFF);
        assertThat(compilation.ruleSet().orElseThrow().correlations()).hasSize(1);
    }

    @Test
    void overridesChangeSignalsAndCorrelations() {
        Correlation plan = correlation(RULES, CORRELATION, """
                - signal: Exec into a pod
                  condition: and ka.user.name exists
                  override: {condition: append}
                - correlation: Credentials
                  timespan: 2d
                  tags: [more]
                  exceptions: [{name: known, values: [[p2, [vim]]]}]
                  override: {timespan: replace, tags: append, exceptions: append}
                """);
        assertThat(plan.timespan()).isEqualTo(Duration.ofDays(2));
        assertThat(plan.tags()).contains("more", "T1609");
        MapRow row = new MapRow(plan.fields().slots());
        row.event(Map.of("read.proc.name", "vim", "pod", "p2"));
        assertThat(holds(plan, plan.wanted(), row)).isFalse();
    }
}
