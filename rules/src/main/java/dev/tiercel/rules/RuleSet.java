package dev.tiercel.rules;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.engine.BackEnd;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.engine.RuleIndex;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.schemas.EventType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Compiled rules. Immutable; each thread evaluates them by an [Evaluator] of its own.
public final class RuleSet {

    private final List<Rule> rules;
    private final String hash;
    private final FieldSlots slots;
    private final Map<String, RuleIndex> indexes;
    private final boolean firstOnly;
    private final Set<EventType> eventTypes;

    RuleSet(List<Rule> rules, FieldSlots slots, Map<String, RuleIndex> indexes, RuleMatching matching) {
        this.rules = List.copyOf(rules);
        this.slots = slots;
        this.indexes = Map.copyOf(indexes);
        this.firstOnly = matching == RuleMatching.FIRST;
        this.hash = Hashes.of(rules.stream().map(Rule::hash).toList());
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        rules.forEach(rule -> types.addAll(rule.eventTypes()));
        this.eventTypes = Collections.unmodifiableSet(types);
    }

    /// The rules that are evaluated, in load order.
    public List<Rule> rules() {
        return rules;
    }

    /// The rule called `name`, if it is evaluated.
    public Optional<Rule> rule(String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    /// `did you mean 'x'?` with the rule whose name is nearest to `name`; empty: none is near.
    public String suggestion(String name) {
        return Suggestion.of(name, rules.stream().map(Rule::name).toList());
    }

    /// 16 hexadecimal digits, equal for rule sets with equal rules in equal order.
    public String hash() {
        return hash;
    }

    /// The fields that conditions and outputs use: what a row must be built for.
    public FieldSlots slots() {
        return slots;
    }

    /// Event types that some syscall rule can match.
    public Set<EventType> eventTypes() {
        return eventTypes;
    }

    /// Sources whose rules are closures although code was to be generated; 0 unless something is wrong.
    public int fallbacks() {
        return (int) indexes.values().stream().filter(RuleIndex::fellBack).count();
    }

    /// An evaluator for the rules of event source `source`, for one thread.
    public Evaluator newEvaluator(String source) {
        RuleIndex index = indexes.get(source);
        return (index == null ? RuleIndex.of(List.of(), slots, BackEnd.CLOSURES) : index).newEvaluator(firstOnly);
    }

    @Override
    public String toString() {
        return rules.size() + " rules, hash=" + hash;
    }
}
