package dev.tiercel.ruletools;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import dev.tiercel.rules.correlation.Threshold;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.ruletools.format.RulesFormat;
import dev.tiercel.schemas.EventType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Explains a correlation.
public final class CorrelationExplainer {

    /// Matches of one step that are kept for a key.
    private static final int MATCHES = 1_000;

    private final RuleSet rules;
    private final Correlation correlation;

    private CorrelationExplainer(RuleSet rules, Correlation correlation) {
        this.rules = rules;
        this.correlation = correlation;
    }

    /// Explains `correlation`, one of `rules`.
    public static CorrelationExplanation explain(RuleSet rules, Correlation correlation) {
        return new CorrelationExplainer(rules, correlation).explain();
    }

    private CorrelationExplanation explain() {
        Set<String> sources = new TreeSet<>();
        Set<FieldReference> collected = new LinkedHashSet<>();
        collect(correlation, sources, collected);
        return new CorrelationExplanation(
                correlation,
                RulesFormat.item(correlation.position()),
                correlation.allSteps().stream().map(this::step).toList(),
                key(),
                List.copyOf(sources),
                (correlation.type().pools() && correlation.steps().size() > 1 ? "of all steps together: " : "")
                        + state(),
                raised(),
                printed(correlation.wanted()),
                SensorNeeds.of(collected));
    }

    /// What the steps need, through the correlations that feed them.
    private void collect(Correlation of, Set<String> sources, Set<FieldReference> collected) {
        for (CorrelationStep step : of.allSteps()) {
            if (step.source().isEmpty()) {
                rules.correlation(step.rule()).ifPresent(inner -> collect(inner, sources, collected));
            } else {
                sources.add(step.source());
                collected.addAll(step.captured());
                rules.rule(step.rule()).ifPresent(rule -> collected.addAll(Explainer.condition(rules, rule)));
            }
        }
    }

    private CorrelationExplanation.Step step(CorrelationStep step) {
        List<String> events = rules.rule(step.rule())
                .map(rule -> rule.eventTypes().stream()
                        .map(EventType::eventName)
                        .sorted()
                        .toList())
                .orElse(List.of());
        return new CorrelationExplanation.Step(
                step.id(),
                step.rule(),
                step.source(),
                printed(step.where()),
                step.captured().stream().map(FieldReference::text).toList(),
                events);
    }

    private String printed(Ir condition) {
        return condition.equals(Ir.Constant.TRUE)
                ? ""
                : condition.print(correlation.fields().slots());
    }

    private Map<String, List<String>> key() {
        Map<String, List<String>> key = new LinkedHashMap<>();
        for (int part = 0; part < correlation.groupBy().size(); part++) {
            List<String> fields = new ArrayList<>();
            for (CorrelationStep step : correlation.allSteps()) {
                String field = step.captured().get(step.key().get(part)).text();
                String of = step.source().isEmpty() ? step.rule() : step.source();
                fields.add(field + " (" + of + ")");
            }
            key.put(correlation.groupBy().get(part), fields.stream().distinct().toList());
        }
        return key;
    }

    private String state() {
        Threshold threshold = correlation.threshold();
        return switch (correlation.type()) {
            case EVENT_COUNT, VALUE_SUM -> "matches of one timespan" + upTo(threshold);
            case VALUE_COUNT -> "different values of one timespan, up to " + Limits.COUNTED;
            case VALUE_AVG, VALUE_MEDIAN, VALUE_PERCENTILE -> "the numbers of one timespan, up to " + Limits.COUNTED;
            case TEMPORAL, TEMPORAL_ORDERED -> "up to " + MATCHES + " matches of each step, of one timespan";
            case ABSENCE -> "the match that waits, and those within grace";
            case FIRST_SEEN -> "different values of one timespan, up to " + Limits.COUNTED;
        };
    }

    private static String upTo(@Nullable Threshold threshold) {
        return threshold == null || threshold.field() != null
                ? ""
                : ", up to " + (long) Math.ceil(threshold.bound() + 1);
    }

    private String raised() {
        return correlation.atOnce()
                ? "at once; again, with a higher revision, if evidence that comes late changes it"
                : "when nothing that may still come can deny it";
    }
}
