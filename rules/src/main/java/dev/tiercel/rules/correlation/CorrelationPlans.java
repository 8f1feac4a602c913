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

/// The enabled correlations, checked, from which plans are made.
public final class CorrelationPlans {

    private final Checker checker;
    private final List<CorrelationPlan> plans;

    private CorrelationPlans(Checker checker, List<CorrelationPlan> plans) {
        this.checker = checker;
        this.plans = plans;
    }

    /// @param running in the order in which they feed one another
    static CorrelationPlans of(
            List<CheckedCorrelation> running, Definitions definitions, Checker checker, Problems problems) {
        Map<String, CorrelationPlan> plans = new HashMap<>();
        // Those that are fed name fields of those that feed them, which must then carry these.
        for (CheckedCorrelation correlation : running.reversed()) {
            CorrelationPlan plan = CorrelationPlan.of(correlation);
            plans.put(correlation.item().name, plan);
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
        return new CorrelationPlans(checker, ordered);
    }

    /// The plans, in load order.
    public List<Correlation> build() {
        return plans.stream().map(plan -> plan.build(checker)).toList();
    }
}
