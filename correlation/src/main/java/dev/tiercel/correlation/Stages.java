package dev.tiercel.correlation;

import dev.tiercel.correlation.match.MatchMaker;
import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import dev.tiercel.rules.correlation.Suppression;
import dev.tiercel.schemas.RawText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The stages of a set of plans: each correlation after those that it has as a step.
final class Stages {
    private final Map<String, CorrelationStage> correlations = new LinkedHashMap<>();
    private final Map<String, FoldingStage> foldings = new LinkedHashMap<>();
    private final List<Stage> all = new ArrayList<>();
    private final Workings workings;
    private final List<Correlation> plans;

    /// @throws IllegalArgumentException if a correlation is a step of itself
    Stages(List<Correlation> plans, List<SuppressedRule> rules, Workings workings) {
        this.workings = workings;
        this.plans = plans;
        Map<String, Correlation> byName = new HashMap<>();
        plans.forEach(plan -> byName.put(plan.name(), plan));
        plans.forEach(plan -> add(plan, byName, 0));
        for (SuppressedRule rule : rules) addFolding(rule.rule(), rule.source(), rule.suppress());
        all.forEach(Stage::refresh);
    }

    private void add(@Nullable Correlation plan, Map<String, Correlation> byName, int depth) {
        if (plan == null || correlations.containsKey(plan.name())) return;
        if (depth > byName.size()) throw new IllegalArgumentException("'" + plan.name() + "' is a step of itself");
        for (CorrelationStep step : plan.allSteps()) {
            if (step.source().isEmpty()) add(byName.get(step.rule()), byName, depth + 1);
        }
        CorrelationStage stage = stage(plan);
        correlations.put(plan.name(), stage);
        all.add(stage);
        Suppression suppress = plan.suppress();
        if (suppress != null) addFolding(Correlator.alertsOf(plan.name()), Correlator.alertsOf(plan.name()), suppress);
    }

    private CorrelationStage stage(Correlation plan) {
        List<SourceClock> inputs = new ArrayList<>();
        for (CorrelationStep step : plan.allSteps()) inputs.add(workings.clock(sourceOf(step)));
        MatchMaker next = MatchMaker.ofAlerts(plan.name(), plans, plan.fields().slots());
        AlertReport report = new AlertReport(plan, workings.output(), next);
        int number = workings.numbers().number(new Stage.Identity(plan.name(), plan.structure()));
        return new CorrelationStage(number, plan, inputs, report, workings);
    }

    /// The source whose clock says how far a step's matches have come.
    static String sourceOf(CorrelationStep step) {
        return step.source().isEmpty() ? Correlator.alertsOf(step.rule()) : step.source();
    }

    private void addFolding(String item, String source, Suppression suppress) {
        String structure = suppress.by().stream().map(FieldReference::text).collect(Collectors.joining(" "));
        Duration period = suppress.period();
        String name = FoldingStage.nameOf(item);
        int number = workings.numbers().number(new Stage.Identity(name, structure));
        FoldingStage.Emission emission = emission(item, workings.output());
        FoldingStage stage =
                new FoldingStage(number, item, structure, period.toNanos(), workings.clock(source), emission);
        foldings.put(item, stage);
        all.add(stage);
    }

    /// Where alerts of an item go.
    static FoldingStage.Emission emission(String item, CorrelationOutput output) {
        return Correlator.isOfAlerts(item) ? alert -> emitCorrelated(alert, output) : output::ruleAlert;
    }

    private static void emitCorrelated(RuleAlert alert, CorrelationOutput output) {
        CorrelatedAlert decoded;
        try {
            decoded = AlertCodec.decoded(alert.payload());
        } catch (BadStateException bad) {
            output.corrupt(RawText.bytes(alert.id()), alert.payload(), bad);
            return;
        }
        output.alert(decoded.revised(alert.id(), alert.revision(), alert.repeats()));
    }

    /// All, in an order in which none comes before what feeds it.
    List<Stage> all() {
        return all;
    }

    /// How all correlations stand.
    List<Standing.OfCorrelation> standings() {
        return correlations.values().stream().map(CorrelationStage::standing).toList();
    }

    /// Whether these are the gaps of a correlation that there is.
    boolean isQuarantined(String gaps) {
        return correlations.values().stream().anyMatch(stage -> stage.refusals().equals(gaps));
    }

    @Nullable
    CorrelationStage correlation(String name) {
        return correlations.get(name);
    }

    /// Of a rule or correlation; null: it has no `suppress`.
    @Nullable
    FoldingStage folding(String item) {
        return foldings.get(item);
    }
}
