package dev.tiercel.rules;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.rules.correlation.CorrelationStep;
import dev.tiercel.rules.correlation.Feed;
import dev.tiercel.rules.engine.BackEnd;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.engine.RuleIndex;
import dev.tiercel.rules.source.Hashes;
import dev.tiercel.rules.source.Suggestion;
import dev.tiercel.schemas.EventType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/// A set of compiled rules. Thread-safe; each thread evaluates them with an [Evaluator] of its own.
///
/// The code of the rules of an event source is generated when it is first asked for, since most programs judge one
/// source of many; that of system calls, which nearly all judge, when the set is made.
public final class RuleSet {

    private final List<Rule> rules;
    private final List<Correlation> correlations;
    private final Map<String, List<Feed>> feeds;
    private final String hash;
    private final FieldSlots slots;
    private final BackEnd backEnd;
    private final ConcurrentMap<String, RuleIndex> indexes = new ConcurrentHashMap<>();
    private final boolean firstOnly;
    private final Set<EventType> eventTypes;

    RuleSet(List<Rule> rules, List<Correlation> correlations, FieldSlots slots, CompileOptions options) {
        this.rules = List.copyOf(rules);
        this.correlations = List.copyOf(correlations);
        this.feeds = feeds(correlations);
        this.slots = slots;
        this.backEnd = options.backEnd();
        this.firstOnly = options.matching() == RuleMatching.FIRST;
        this.hash = Hashes.of(Stream.concat(
                        rules.stream().map(Rule::hash), correlations.stream().map(Correlation::hash))
                .toList());
        Set<EventType> types = EnumSet.noneOf(EventType.class);
        rules.forEach(rule -> types.addAll(rule.eventTypes()));
        this.eventTypes = Collections.unmodifiableSet(types);
        indexes.put(FieldCatalog.SYSCALL, index(FieldCatalog.SYSCALL));
    }

    private static Map<String, List<Feed>> feeds(List<Correlation> correlations) {
        Map<String, List<Feed>> feeds = new HashMap<>();
        for (Correlation correlation : correlations) {
            for (CorrelationStep step : correlation.allSteps()) {
                feeds.computeIfAbsent(step.rule(), absent -> new ArrayList<>()).add(new Feed(correlation, step));
            }
        }
        feeds.replaceAll((name, steps) -> List.copyOf(steps));
        return feeds;
    }

    private RuleIndex index(String source) {
        return RuleIndex.of(rulesOf(source), slots, backEnd);
    }

    private List<Rule> rulesOf(String source) {
        return rules.stream().filter(rule -> rule.source().equals(source)).toList();
    }

    /// The enabled rules and signals, in load order.
    public List<Rule> rules() {
        return rules;
    }

    /// The enabled correlations, in load order.
    public List<Correlation> correlations() {
        return correlations;
    }

    /// The enabled correlation called `name`, if any.
    public Optional<Correlation> correlation(String name) {
        return correlations.stream()
                .filter(correlation -> correlation.name().equals(name))
                .findFirst();
    }

    /// The steps of correlations that matches of `rule` feed, in load order.
    public List<Feed> steps(Rule rule) {
        return feeds.getOrDefault(rule.name(), List.of());
    }

    /// The steps of correlations that alerts of `correlation` feed, in load order.
    public List<Feed> steps(Correlation correlation) {
        return feeds.getOrDefault(correlation.name(), List.of());
    }

    /// The enabled rule or signal called `name`, if any.
    public Optional<Rule> rule(String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }

    /// `did you mean 'x'?` with the name of a rule, signal or correlation closest to `name`; empty: none is close.
    public String suggestion(String name) {
        return Suggestion.of(
                name,
                Stream.concat(
                                rules.stream().map(Rule::name),
                                correlations.stream().map(Correlation::name))
                        .toList());
    }

    /// 16 hexadecimal digits, equal for rule sets with equal rules, signals and correlations in the same order.
    public String hash() {
        return hash;
    }

    /// The fields that conditions and outputs use; rows must be built for these.
    public FieldSlots slots() {
        return slots;
    }

    /// Event types that some syscall rule can match.
    public Set<EventType> eventTypes() {
        return eventTypes;
    }

    /// Number of event sources, of those judged so far, whose rules fell back to closures; 0 unless code generation
    /// failed.
    public int fallbacks() {
        return (int) indexes.values().stream().filter(RuleIndex::fellBack).count();
    }

    /// An evaluator for the rules and signals of event source `source`, for one thread. Signals are judged before
    /// rules, and all of them, also where an event matches only the first rule.
    public Evaluator newEvaluator(String source) {
        return newEvaluator(source, firstOnly);
    }

    private Evaluator newEvaluator(String source, boolean onlyFirst) {
        return indexes.computeIfAbsent(source, this::index).newEvaluator(onlyFirst);
    }

    /// The same, but every rule that an event matches counts.
    public Evaluator newEvaluatorOfAll(String source) {
        return newEvaluator(source, false);
    }

    /// An evaluator of every rule that an event would match with some values of the slots that are `unknown`. Slow:
    /// for few events.
    public Evaluator newEvaluatorOfPossible(String source, IntPredicate unknown) {
        return RuleIndex.ofPossible(rulesOf(source), slots, unknown).newEvaluator(false);
    }

    /// Whether only the first rule that an event matches counts.
    public boolean firstOnly() {
        return firstOnly;
    }

    @Override
    public String toString() {
        return rules.size() + " rules, hash=" + hash;
    }
}
