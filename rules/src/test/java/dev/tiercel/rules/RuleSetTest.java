package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.check.Conditions;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.rules.yaml.Priority;
import dev.tiercel.schemas.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RuleSetTest {

    private static final String RULES = """
            - macro: opening
              condition: evt.type in (open, openat)
            - rule: first
              desc: d
              condition: opening and proc.name = cat
              output: one
              priority: NOTICE
              tags: [files, cat]
            - rule: second
              desc: d
              condition: opening and fd.name startswith /etc
              output: two
              priority: ERROR
              tags: [files]
            - rule: off
              desc: d
              condition: opening
              output: three
              priority: DEBUG
              enabled: false
            """;

    private static RuleSet compile(CompileOptions options) {
        return RuleCompiler.compile(List.of(new RuleFile("rules.yaml", RULES)), options)
                .ruleSet()
                .orElseThrow();
    }

    private static List<String> matches(RuleSet rules, Map<String, ?> event) {
        List<String> names = new ArrayList<>();
        rules.newEvaluator(FieldCatalog.SYSCALL)
                .evaluate(new MapRow(rules.slots(), event), rule -> names.add(rule.name()));
        return names;
    }

    private static final Map<String, String> BOTH =
            Map.of("evt.type", "open", "proc.name", "cat", "fd.name", "/etc/shadow");

    @Test
    void theFirstMatchInLoadOrderEndsTheEvaluation() {
        assertThat(matches(compile(CompileOptions.defaults()), BOTH)).containsExactly("first");
    }

    @Test
    void allMatchesComeInLoadOrder() {
        RuleSet rules = compile(CompileOptions.defaults().withMatching(RuleMatching.ALL));
        assertThat(matches(rules, BOTH)).containsExactly("first", "second");
    }

    @Test
    void otherEventTypesMatchNothing() {
        RuleSet rules = compile(CompileOptions.defaults());
        assertThat(matches(rules, Map.of("evt.type", "close", "proc.name", "cat")))
                .isEmpty();
        assertThat(matches(rules, Map.of("proc.name", "cat"))).isEmpty();
        assertThat(rules.eventTypes()).containsExactlyInAnyOrder(EventType.OPEN, EventType.OPENAT);
    }

    @Test
    void selectionsApplyInOrder() {
        List<RuleSelection> onlyTagged =
                List.of(new RuleSelection.ByName(false, "*"), new RuleSelection.ByTag(true, "cat"));
        assertThat(compile(CompileOptions.defaults().withSelections(onlyTagged)).rules())
                .extracting(Rule::name)
                .containsExactly("first");
        List<RuleSelection> byGlob = List.of(new RuleSelection.ByName(true, "o*f"));
        assertThat(compile(CompileOptions.defaults().withSelections(byGlob)).rules())
                .hasSize(3);
    }

    @Test
    void lessUrgentRulesAreNotLoaded() {
        assertThat(compile(CompileOptions.defaults().withMinimumPriority(Priority.WARNING))
                        .rules())
                .extracting(Rule::name)
                .containsExactly("second");
    }

    @Test
    void hashesFollowTheMeaning() {
        RuleSet rules = compile(CompileOptions.defaults());
        RuleSet again = compile(CompileOptions.defaults());
        assertThat(again.hash()).isEqualTo(rules.hash()).hasSize(16);
        String changed = RULES.replace("proc.name = cat", "proc.name = dog");
        RuleSet other = RuleCompiler.compile(List.of(new RuleFile("other.yaml", changed)), CompileOptions.defaults())
                .ruleSet()
                .orElseThrow();
        assertThat(other.hash()).isNotEqualTo(rules.hash());
        assertThat(other.rules().get(0).hash())
                .isNotEqualTo(rules.rules().get(0).hash());
        assertThat(other.rules().get(1).hash()).isEqualTo(rules.rules().get(1).hash());
    }

    @Test
    void rulesOfOtherSourcesHaveTheirOwnEvaluator() {
        RuleSet rules = RuleCompiler.compile(
                        List.of(
                                new RuleFile(
                                        "audit.yaml",
                                        "- rule: r\n  desc: d\n  condition: ka.verb = get\n  output: o\n  priority: INFO\n  source: k8s_audit\n")),
                        CompileOptions.defaults())
                .ruleSet()
                .orElseThrow();
        MapRow row = new MapRow(rules.slots(), Map.of("ka.verb", "get"));
        List<String> names = new ArrayList<>();
        rules.newEvaluator(FieldCatalog.SYSCALL).evaluate(row, rule -> names.add("syscall " + rule));
        rules.newEvaluator("k8s_audit").evaluate(row, rule -> names.add("audit " + rule));
        assertThat(names).containsExactly("audit r");
    }

    @Test
    void aListsLaterItemsAreSeenByEarlierRules() {
        RuleSet rules = Conditions.compileRules(RULES.replace("proc.name = cat", "proc.name in (cats)")
                        + "- list: cats\n  items: [tom]\n- list: cats\n  items: [cat]\n  override: {items: append}\n")
                .ruleSet()
                .orElseThrow();
        assertThat(matches(rules, BOTH)).containsExactly("first");
    }

    @Test
    void aConditionOfOnlyAnEmptyListIsRejected() {
        Compilation compilation = Conditions.compileRules(
                "- list: nothing\n  items: []\n" + RULES.replace("condition: opening\n", "condition: nothing\n"));
        assertThat(compilation.diagnostics(Severity.ERROR))
                .extracting(Diagnostic::message)
                .containsExactly("filter input string is empty");
    }

    @Test
    void laterFilesChangeEarlierOnes() {
        RuleSet rules = Conditions.compileRules(
                        RULES, "- rule: first\n  condition: and fd.name = x\n  override: {condition: append}\n")
                .ruleSet()
                .orElseThrow();
        assertThat(matches(rules, BOTH)).containsExactly("second");
    }

    private static List<Diagnostic> hidden(String ownCondition, CompileOptions options) {
        List<RuleFile> files = new ArrayList<>(DefaultRules.files());
        files.add(new RuleFile("own.yaml", """
                - rule: Mine
                  desc: d
                  condition: %s
                  output: o
                  priority: CRITICAL
                """.formatted(ownCondition)));
        return RuleCompiler.compile(files, options).diagnostics(Severity.NOTE).stream()
                .filter(note -> note.code() == Code.RULE_HIDDEN)
                .toList();
    }

    @Test
    void aRuleThatADefaultRuleOfLowerPriorityHidesIsNamedAtLoad() {
        List<Diagnostic> notes =
                hidden("evt.type in (open, openat) and fd.name = /etc/shadow", CompileOptions.defaults());
        assertThat(notes).hasSize(1);
        assertThat(notes.getFirst().place()).isEqualTo("own.yaml:1:3");
        assertThat(notes.getFirst().explanation())
                .contains("of lower priority may match before this rule (Critical): '", "in rule 'Mine'");
    }

    @Test
    void aRuleAboutSomethingElseIsNotHidden() {
        assertThat(hidden("evt.type in (open, openat) and fd.name = /srv/mine", CompileOptions.defaults()))
                .isEmpty();
        assertThat(hidden("evt.type = unlinkat and fd.name = /etc/shadow", CompileOptions.defaults()))
                .isEmpty();
    }

    @Test
    void nothingIsHiddenWhereAllMatchesCount() {
        assertThat(hidden(
                        "evt.type in (open, openat) and fd.name = /etc/shadow",
                        CompileOptions.defaults().withMatching(RuleMatching.ALL)))
                .isEmpty();
    }
}
