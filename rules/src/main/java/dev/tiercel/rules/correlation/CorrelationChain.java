package dev.tiercel.rules.correlation;

import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Limits;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.yaml.CorrelationItem;
import dev.tiercel.rules.yaml.RuleItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/// Orders correlations so that each follows those that feed it.
final class CorrelationChain {

    private final Map<String, RuleItem> items = new LinkedHashMap<>();
    /// By name: those that it feeds, once for each step.
    private final Map<String, List<RuleItem>> fed = new HashMap<>();
    private final Map<String, Integer> waiting = new HashMap<>();
    private final Map<String, Integer> levels = new HashMap<>();
    private final Problems problems;

    private CorrelationChain(Collection<RuleItem> correlations, Problems problems) {
        this.problems = problems;
        correlations.forEach(item -> items.put(item.name, item));
        for (RuleItem item : correlations) {
            for (CorrelationItem.Step step : steps(item)) {
                if (items.containsKey(step.rule().value())) {
                    fed.computeIfAbsent(step.rule().value(), absent -> new ArrayList<>())
                            .add(item);
                    waiting.merge(item.name, 1, Integer::sum);
                }
            }
        }
    }

    /// All steps of `item`, and its `until`.
    static List<CorrelationItem.Step> steps(RuleItem item) {
        List<CorrelationItem.Step> steps = new ArrayList<>(item.correlation.steps);
        if (item.correlation.until != null) {
            steps.add(item.correlation.until);
        }
        return steps;
    }

    /// The `correlations` in order; those in a circle, behind one, or at the end of a long chain are left out, and
    /// reported.
    static List<RuleItem> order(Collection<RuleItem> correlations, Problems problems) {
        return new CorrelationChain(correlations, problems).order();
    }

    private List<RuleItem> order() {
        List<RuleItem> ordered = new ArrayList<>();
        Queue<RuleItem> ready = new ArrayDeque<>();
        items.values().stream().filter(item -> !waiting.containsKey(item.name)).forEach(ready::add);
        for (RuleItem item = ready.poll(); item != null; item = ready.poll()) {
            ordered.add(item);
            int level = levels.merge(item.name, 1, Math::max);
            for (RuleItem next : fed.getOrDefault(item.name, List.of())) {
                levels.merge(next.name, level + 1, Math::max);
                if (waiting.merge(next.name, -1, Integer::sum) == 0) {
                    ready.add(next);
                }
            }
        }
        items.values().stream()
                .filter(item -> waiting.getOrDefault(item.name, 0) > 0)
                .forEach(this::reportCircle);
        ordered.removeIf(this::isTooLong);
        return ordered;
    }

    private void reportCircle(RuleItem item) {
        for (CorrelationItem.Step step : steps(item)) {
            LocatedText rule = step.rule();
            if (waiting.getOrDefault(rule.value(), 0) > 0) {
                report(
                        "Correlation feeds itself, through '" + rule.value() + "', or waits for one that does",
                        item,
                        rule);
                return;
            }
        }
    }

    private boolean isTooLong(RuleItem item) {
        if (levels.getOrDefault(item.name, 1) <= Limits.CORRELATION_CHAIN) {
            return false;
        }
        report(
                "More than " + Limits.CORRELATION_CHAIN + " correlations feed one another in a row",
                item,
                item.correlation.steps.getFirst().rule());
        return true;
    }

    private void report(String message, RuleItem item, LocatedText at) {
        problems.add(Code.LOAD_ERR_VALIDATE, message, at.position(0), item.item());
    }
}
