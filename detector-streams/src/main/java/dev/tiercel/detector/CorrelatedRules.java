package dev.tiercel.detector;

import dev.tiercel.correlation.SuppressedRule;
import dev.tiercel.detector.correlate.Plans;
import dev.tiercel.detector.correlate.PlansInForce;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Rule;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The correlations of the rules in force. Thread-safe.
final class CorrelatedRules implements PlansInForce {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST_VERSIONS = 1_000;

    private final ActiveRules rules;
    private final Duration patience;
    private final Set<String> givenUp = new LinkedHashSet<>();
    private volatile @Nullable Made made;

    private record Made(LoadedRules rules, Plans plans, Set<String> shadows) {}

    CorrelatedRules(ActiveRules rules) {
        this(rules, PATIENCE);
    }

    /// @param patience longest wait for rules that another instance has already
    CorrelatedRules(ActiveRules rules, Duration patience) {
        this.rules = rules;
        this.patience = patience;
    }

    @Override
    public Plans plans() {
        Made now = made();
        return now == null ? Plans.NONE : now.plans();
    }

    /// Whether the rule called `name` is only tried.
    boolean isShadow(String name) {
        Made now = made();
        return now != null && now.shadows().contains(name);
    }

    private @Nullable Made made() {
        LoadedRules current = rules.current();
        if (current == null) return null;
        Made before = made;
        if (before != null && before.rules().equals(current)) return before;
        Made next = new Made(current, of(current.ruleSet()), shadows(current.ruleSet()));
        made = next;
        return next;
    }

    private static Plans of(RuleSet rules) {
        return Plans.of(rules.correlations(), SuppressedRule.of(rules));
    }

    private static Set<String> shadows(RuleSet rules) {
        Set<String> names = new HashSet<>();
        for (Rule rule : rules.rules()) if (rule.shadow()) names.add(rule.name());
        return names;
    }

    @Override
    public void await(String version) {
        if (hasGivenUp(version)) return;
        if (!rules.await(version, patience)) giveUp(version);
    }

    private synchronized boolean hasGivenUp(String version) {
        return givenUp.contains(version);
    }

    private synchronized void giveUp(String version) {
        if (givenUp.size() >= MOST_VERSIONS) givenUp.clear();
        givenUp.add(version);
    }
}
