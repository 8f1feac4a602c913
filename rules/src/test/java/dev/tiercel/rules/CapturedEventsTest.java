package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.check.Conditions;
import dev.tiercel.rules.engine.BackEnd;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.Output;
import dev.tiercel.rules.output.OutputField;
import dev.tiercel.rules.source.SyntaxException;
import dev.tiercel.testkit.Corpus;
import dev.tiercel.testkit.Golden;
import dev.tiercel.testkit.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Events of real captures, and of our own making.
class CapturedEventsTest {

    /// Captures small enough to try each rule alone on.
    private static final List<String> SOME =
            List.of("nginx__nginx.jsonl.gz", "curl_google.jsonl.gz", "files__files.jsonl.gz");

    private static final String ALERTS = "data/alert-format/single_rule_with_cat_write.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Falco's alerts for one capture were made with this rule; `fd.name` of its `cat` alone says which events they
    /// were.
    private static final String OPEN_FROM_CAT = """
            - rule: open_from_cat
              desc: A process named cat does an open
              condition: evt.type=open and proc.name=cat
              output: "An open was seen (command=%proc.cmdline)"
              priority: WARNING
              tags: [filesystem, process, testing]
            """;

    @Test
    void alertsEqualThoseOfFalco() throws IOException {
        RuleSet rules = Conditions.compileRules(OPEN_FROM_CAT).ruleSet().orElseThrow();
        Evaluator evaluator = rules.newEvaluator(FieldCatalog.SYSCALL);
        List<String> alerts = new ArrayList<>();
        for (Map<String, Object> event : events(Shared.required("data/syscall-events/cat_write.jsonl.gz"))) {
            MapRow row = new MapRow(rules.slots(), event);
            evaluator.evaluate(row, rule -> {
                Output output = rule.outputFormat().render(row);
                alerts.add(event.get("evt.rawtime") + " " + rule.priority().label() + " " + output.text() + " "
                        + output.fields());
            });
        }
        List<String> expected = new ArrayList<>();
        for (String line : Files.readAllLines(Shared.required(ALERTS))) {
            JsonNode alert = JSON.readTree(line);
            JsonNode fields = alert.get("output_fields");
            String text = alert.get("output").asText();
            expected.add(fields.get("evt.time.iso8601").asLong() + " "
                    + alert.get("priority").asText() + " "
                    + text.substring(text.indexOf("An open")) + " "
                    + List.of(new OutputField(
                            "proc.cmdline", fields.get("proc.cmdline").asText())));
        }
        assertThat(alerts).isNotEmpty().isEqualTo(expected);
    }

    /// The same rule over our events: each open of `cat` once, with its own command.
    @Test
    void alertsAreThoseOfTheOpensOfCat() throws IOException {
        RuleSet rules = Conditions.compileRules(OPEN_FROM_CAT.replace("evt.type=open", "evt.type=openat and evt.dir=<"))
                .ruleSet()
                .orElseThrow();
        Evaluator evaluator = rules.newEvaluator(FieldCatalog.SYSCALL);
        List<String> alerts = new ArrayList<>();
        for (Map<String, Object> event : events(Corpus.OURS.events().getFirst())) {
            MapRow row = new MapRow(rules.slots(), event);
            evaluator.evaluate(
                    row,
                    rule -> alerts.add(event.get("evt.num") + " "
                            + rule.outputFormat().render(row).text()));
        }
        assertThat(alerts)
                .containsExactly(
                        "7 An open was seen (command=cat /root/.ssh/id_ed25519)",
                        "8 An open was seen (command=cat /root/.ssh/id_ed25519)",
                        "12 An open was seen (command=cat /root/.ssh/id_ed25519)");
    }

    @Test
    void ourRulesMatchTheEventsThatTheyAreMeantFor() throws IOException {
        RuleSet rules = compiled(Corpus.OURS, BackEnd.GENERATED);
        Evaluator evaluator = rules.newEvaluator(FieldCatalog.SYSCALL);
        Map<String, List<Object>> matches = new TreeMap<>();
        for (Map<String, Object> event : events(Corpus.OURS.events().getFirst())) {
            evaluator.evaluate(
                    new MapRow(rules.slots(), event),
                    rule -> matches.computeIfAbsent(rule.name(), name -> new ArrayList<>())
                            .add(event.get("evt.num")));
        }
        Golden.check(
                "corpus-matches.txt",
                String.join(
                        "\n", matches.entrySet().stream().map(Object::toString).toList()));
    }

    @ParameterizedTest
    @EnumSource(Corpus.class)
    void theIndexDecidesAsEachRuleAlone(Corpus corpus) throws IOException {
        RuleSet all = compiled(corpus, BackEnd.GENERATED);
        List<Conditions> alone = new ArrayList<>();
        for (Rule rule : all.rules()) {
            alone.add(compiled(rule));
        }
        Evaluator evaluator = all.newEvaluator(FieldCatalog.SYSCALL);
        for (Path file : corpus.events()) {
            if (corpus == Corpus.SHARED && !SOME.contains(file.getFileName().toString())) continue;
            for (Map<String, Object> event : events(file)) {
                List<String> expected = new ArrayList<>();
                for (Rule rule : all.rules()) {
                    if (alone.get(rule.index()).holds(event)) {
                        expected.add(rule.name());
                    }
                }
                List<String> actual = new ArrayList<>();
                evaluator.evaluate(new MapRow(all.slots(), event), rule -> actual.add(rule.name()));
                assertThat(actual).as("%s", event).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Corpus.class)
    void bothBackEndsDecideAlikeOnEveryEvent(Corpus corpus) throws IOException {
        RuleSet closures = compiled(corpus, BackEnd.CLOSURES);
        RuleSet generated = compiled(corpus, BackEnd.GENERATED);
        Evaluator byClosures = closures.newEvaluator(FieldCatalog.SYSCALL);
        Evaluator byCode = generated.newEvaluator(FieldCatalog.SYSCALL);
        long matches = 0;
        for (Path file : corpus.events()) {
            MapRow row = new MapRow(closures.slots());
            MapRow same = new MapRow(generated.slots());
            for (Map<String, Object> event : events(file)) {
                row.event(event);
                same.event(event);
                List<String> expected = new ArrayList<>();
                List<String> actual = new ArrayList<>();
                byClosures.evaluate(row, rule -> expected.add(rule.name()));
                byCode.evaluate(same, rule -> actual.add(rule.name()));
                assertThat(actual).as("%s", event).isEqualTo(expected);
                matches += expected.size();
            }
        }
        assertThat(generated.fallbacks()).isZero();
        assertThat(matches).as("matches").isPositive();
    }

    private static RuleSet compiled(Corpus corpus, BackEnd backEnd) throws IOException {
        CompileOptions options =
                CompileOptions.defaults().withMatching(RuleMatching.ALL).withBackEnd(backEnd);
        return RuleCompiler.compile(OfficialRulesTest.ruleSet(corpus), options)
                .ruleSet()
                .orElseThrow();
    }

    private static Conditions compiled(Rule rule) {
        assertThat(FieldCatalog.syscall().all()).isNotEmpty();
        try {
            return Conditions.compile(rule.expandedCondition());
        } catch (SyntaxException e) {
            throw new AssertionError(rule + ": " + rule.expandedCondition(), e);
        }
    }

    private static List<Map<String, Object>> events(Path file) throws IOException {
        List<Map<String, Object>> events = new ArrayList<>();
        for (String line : Corpus.lines(file)) {
            events.add(JSON.readValue(line, new TypeReference<Map<String, Object>>() {}));
        }
        return events;
    }
}
