package dev.tiercel.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import dev.tiercel.testkit.Shared;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// Real events of real captures.
class CapturedEventsTest {

    private static final String EVENTS = "data/syscall-events";
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
        for (Map<String, Object> event : events("cat_write.jsonl.gz")) {
            MapRow row = new MapRow(rules.slots(), event);
            evaluator.evaluate(row, rule -> {
                Output output = rule.outputFormat().render(row);
                alerts.add(event.get("evt.rawtime") + " " + rule.priority().label() + " " + output.text() + " "
                        + output.fields());
            });
        }
        List<String> expected = new ArrayList<>();
        for (String line : Files.readAllLines(path(ALERTS))) {
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

    @Test
    void theIndexAgreesWithEachOfficialRuleAlone() throws IOException {
        RuleSet all = RuleCompiler.compile(
                        OfficialRulesTest.threeFiles(),
                        CompileOptions.defaults().withMatching(RuleMatching.ALL))
                .ruleSet()
                .orElseThrow();
        List<Conditions> alone = new ArrayList<>();
        for (Rule rule : all.rules()) {
            alone.add(compiled(rule));
        }
        Map<String, Integer> matches = new TreeMap<>();
        Evaluator evaluator = all.newEvaluator(FieldCatalog.SYSCALL);
        for (String file : List.of("nginx__nginx.jsonl.gz", "curl_google.jsonl.gz", "files__files.jsonl.gz")) {
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
                actual.forEach(name -> matches.merge(name, 1, Integer::sum));
            }
        }
        System.out.println("official rules over captures: " + matches);
    }

    @Test
    void bothBackEndsAgreeOnEveryCapturedEvent() throws IOException {
        RuleSet closures = official(BackEnd.CLOSURES);
        RuleSet generated = official(BackEnd.GENERATED);
        Evaluator byClosures = closures.newEvaluator(FieldCatalog.SYSCALL);
        Evaluator byCode = generated.newEvaluator(FieldCatalog.SYSCALL);
        long matches = 0;
        for (String file : captures()) {
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

    private static RuleSet official(BackEnd backEnd) throws IOException {
        CompileOptions options =
                CompileOptions.defaults().withMatching(RuleMatching.ALL).withBackEnd(backEnd);
        return RuleCompiler.compile(OfficialRulesTest.threeFiles(), options)
                .ruleSet()
                .orElseThrow();
    }

    private static List<String> captures() throws IOException {
        try (Stream<Path> files = Files.list(path(EVENTS))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".jsonl.gz"))
                    .sorted()
                    .toList();
        }
    }

    private static Conditions compiled(Rule rule) {
        assertThat(FieldCatalog.syscall().all()).isNotEmpty();
        try {
            return Conditions.compile(rule.expandedCondition());
        } catch (SyntaxException e) {
            throw new AssertionError(rule + ": " + rule.expandedCondition(), e);
        }
    }

    private static List<Map<String, Object>> events(String file) throws IOException {
        List<Map<String, Object>> events = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(path(EVENTS + "/" + file))), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                events.add(JSON.readValue(line, new TypeReference<Map<String, Object>>() {}));
            }
        }
        return events;
    }

    private static Path path(String relative) {
        var path = Shared.path(relative);
        assumeTrue(path.isPresent(), "needs ../shared/" + relative);
        return path.get();
    }
}
