package dev.tiercel.rules.correlation;

import dev.tiercel.rules.check.Checker;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.yaml.Definitions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The enabled correlations, checked, from which plans are made.
public final class CorrelationPlans {

    private final Checker checker;
    /// In the order in which they feed one another.
    private final List<CorrelationPlan> feeding;

    /// In load order.
    private final List<CorrelationPlan> plans;

    private CorrelationPlans(Checker checker, List<CorrelationPlan> feeding, List<CorrelationPlan> plans) {
        this.checker = checker;
        this.feeding = feeding;
        this.plans = plans;
    }

    /// @param running in the order in which they feed one another
    static CorrelationPlans of(
            List<CheckedCorrelation> running, Definitions definitions, Checker checker, Problems problems) {
        Map<String, CorrelationPlan> plans = new HashMap<>();
        List<CorrelationPlan> feeding = new ArrayList<>();
        // Those that are fed name fields of those that feed them, which must then carry these.
        for (CheckedCorrelation correlation : running.reversed()) {
            CorrelationPlan plan = CorrelationPlan.of(correlation);
            plans.put(correlation.item().name, plan);
            feeding.addFirst(plan);
            if (plan.mostCarried() > Limits.CARRIED_FIELDS) {
                problems.add(
                        Code.LOAD_ERR_VALIDATE,
                        "More than " + Limits.CARRIED_FIELDS + " fields of one step are named, by this correlation and"
                                + " those that it feeds",
                        correlation.item().position,
                        correlation.item().item());
            }
        }
        List<CorrelationPlan> ordered = new ArrayList<>();
        definitions.correlations().forEach(item -> {
            CorrelationPlan plan = plans.get(item.name);
            if (plan != null) {
                ordered.add(plan);
            }
        });
        return new CorrelationPlans(checker, feeding, ordered);
    }

    /// The plans, in load order.
    ///
    /// @param rules hashes of the rules and signals that run, by name
    public List<Correlation> build(Map<String, String> rules) {
        Map<String, String> editions = new HashMap<>(rules);
        Map<CorrelationPlan, Correlation> built = new HashMap<>();
        for (CorrelationPlan plan : feeding) {
            Correlation correlation = plan.build(checker, editions);
            editions.put(correlation.name(), correlation.edition());
            built.put(plan, correlation);
        }
        return plans.stream().map(built::get).map(Objects::requireNonNull).toList();
    }
}
