package dev.tiercel.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.json.MapRow;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import dev.tiercel.rules.correlation.EvidenceFields;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.RowCondition;
import dev.tiercel.rules.source.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Fuzz target: rules files, one after the other with form feeds between. Whatever they are, the compiler says what
/// is wrong with them and where, or gives a rule set that can be evaluated.
public final class RulesFuzz {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_FILES = 4;

    private static final List<Map<String, Object>> EVENTS = List.of(
            Map.of(),
            Map.of("evt.type", "execve", "proc.name", "sh", "proc.args", List.of("-c", "id"), "proc.pid", 7),
            Map.of("evt.type", "connect", "fd.cip", "10.0.0.1", "fd.sip", "::1", "fd.sport", 22, "fd.name", "/etc"));

    private RulesFuzz() {}

    /// Warms up before time is measured.
    public static void fuzzerInitialize() throws IOException {
        for (byte[] seed : FuzzInput.seeds("rules")) {
            fuzzerTestOneInput(seed);
        }
    }

    /// One input: the text of up to four files.
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        List<RuleFile> files = new ArrayList<>();
        for (String content : new String(bytes, StandardCharsets.UTF_8).split("\f", MOST_FILES)) {
            files.add(new RuleFile("rules" + files.size() + ".yaml", content));
        }
        Compilation compilation =
                RuleCompiler.compile(files, CompileOptions.defaults().withMatching(RuleMatching.ALL));
        compilation.diagnostics().forEach(diagnostic -> check(diagnostic, files));
        boolean errors = !compilation.diagnostics(Severity.ERROR).isEmpty();
        FuzzInput.check(compilation.successful() != errors, "there are rules or errors", compilation.diagnostics());
        JsonNode json = JSON.readTree(LoadResultJson.print("rules", compilation));
        FuzzInput.check(
                json.path("errors").size()
                        == compilation.diagnostics(Severity.ERROR).size(),
                "the JSON reads back");
        compilation.ruleSet().ifPresent(RulesFuzz::evaluate);
    }

    private static void check(Diagnostic diagnostic, List<RuleFile> files) {
        FuzzInput.check(!diagnostic.message().isEmpty() && !diagnostic.text().isEmpty(), "has a message", diagnostic);
        if (diagnostic.file().isEmpty()) {
            return;
        }
        RuleFile file = files.stream()
                .filter(candidate -> candidate.name().equals(diagnostic.file()))
                .findFirst()
                .orElseThrow();
        boolean within = diagnostic.offset() >= 0
                && diagnostic.offset() <= file.content().length();
        FuzzInput.check(within && diagnostic.line() >= 0 && diagnostic.column() >= 0, "stands in its file", diagnostic);
    }

    private static void evaluate(RuleSet rules) {
        MapRow row = new MapRow(rules.slots());
        Evaluator evaluator = rules.newEvaluator(FieldCatalog.SYSCALL);
        for (Map<String, Object> event : EVENTS) {
            row.event(event);
            evaluator.evaluate(row, rule -> FuzzInput.check(rules.rules().contains(rule), "a rule of the set", rule));
            rules.rules().forEach(rule -> rule.outputFormat().render(row));
        }
        rules.correlations().forEach(correlation -> evaluate(rules, correlation));
    }

    private static boolean isValid(EvidenceFields.Place place, Correlation correlation) {
        List<CorrelationStep> steps = correlation.allSteps();
        int position = place.position();
        if (position < 0 || place.step() >= steps.size()) {
            return false;
        }
        if (place.step() == EvidenceFields.Place.LAST) {
            List<Integer> positions = correlation.fields().ofLast().get(position);
            return positions.size() == steps.size()
                    && steps.stream()
                            .allMatch(step -> positions.get(step.number())
                                    < step.captured().size());
        }
        return place.step() < 0 || position < steps.get(place.step()).captured().size();
    }

    private static void evaluate(RuleSet rules, Correlation correlation) {
        FieldSlots slots = correlation.fields().slots();
        MapRow row = new MapRow(slots, Map.of());
        List<CorrelationStep> steps = correlation.allSteps();
        for (CorrelationStep step : steps) {
            RowCondition.of(step.where(), slots).holds(row);
            FuzzInput.check(
                    step.source().isEmpty() || rules.slots().references().containsAll(step.captured()),
                    "rows have what is carried",
                    step);
        }
        RowCondition.of(correlation.wanted(), slots).holds(row);
        correlation.output().render(row);
        for (EvidenceFields.Place place : correlation.fields().places()) {
            FuzzInput.check(isValid(place, correlation), "a place of the evidence", place);
        }
    }
}
