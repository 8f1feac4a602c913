package dev.tiercel.rules.engine;

import dev.tiercel.fields.FieldSlots;
import dev.tiercel.rules.ir.EventSignatures;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.schemas.EventType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// The rules of one event source, indexed by event type.
public final class RuleIndex {

    private static final int NONE = -1;

    private final int[] groupOfType;
    private final List<GroupPlan> plans;
    private final Sharing sharing;
    private final BackEnds.Compiled compiled;

    private RuleIndex(int[] groupOfType, List<GroupPlan> plans, Sharing sharing, BackEnds.Compiled compiled) {
        this.groupOfType = groupOfType;
        this.plans = plans;
        this.sharing = sharing;
        this.compiled = compiled;
    }

    /// Indexes `rules`, in load order; signals come before all others.
    public static RuleIndex of(List<Rule> rules, FieldSlots slots, BackEnd backEnd) {
        return of(rules, Rule::ir, slots, backEnd);
    }

    /// Indexes `rules`, in load order, by what can hold while values of slots that are `unknown` are not there yet:
    /// an event matches each rule that it would match with some of their values. Made of closures.
    public static RuleIndex ofPossible(List<Rule> rules, FieldSlots slots, IntPredicate unknown) {
        return of(rules, rule -> Possible.of(rule.ir(), unknown), slots, BackEnd.CLOSURES);
    }

    private static RuleIndex of(List<Rule> rules, Function<Rule, Ir> condition, FieldSlots slots, BackEnd backEnd) {
        List<GroupPlan.Member> members = rules.stream()
                .sorted(Comparator.comparing(rule -> !rule.signal()))
                .map(rule -> new GroupPlan.Member(rule, condition.apply(rule)))
                .toList();
        EventSignatures signatures = EventSignatures.of(
                members.stream().map(GroupPlan.Member::condition).toList());
        Map<BitSet, Integer> numbers = new HashMap<>();
        List<List<GroupPlan.Member>> groups = new ArrayList<>();
        int[] groupOfType = new int[EventType.NUMBER_LIMIT];
        for (int type = 0; type < groupOfType.length; type++) {
            EventType known = EventType.ofNumber(type).orElse(null);
            groupOfType[type] = numbers.computeIfAbsent(signatures.of(known), absent -> {
                List<GroupPlan.Member> group = specialise(members, known);
                if (group.isEmpty()) {
                    return NONE;
                }
                groups.add(group);
                return groups.size() - 1;
            });
        }
        List<Ir> roots = new ArrayList<>();
        groups.forEach(group -> group.forEach(member -> roots.addAll(member.terms())));
        Sharing sharing = new Sharing(new Scopes(slots), roots);
        List<GroupPlan> plans =
                groups.stream().map(group -> GroupPlan.of(group, sharing)).toList();
        return new RuleIndex(groupOfType, plans, sharing, BackEnds.compile(backEnd, plans, sharing));
    }

    private static List<GroupPlan.Member> specialise(List<GroupPlan.Member> members, @Nullable EventType type) {
        List<Ir> conditions = EventSignatures.specialised(
                members.stream().map(GroupPlan.Member::condition).toList(), type);
        List<GroupPlan.Member> possible = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            if (!conditions.get(i).equals(Ir.Constant.FALSE)) {
                possible.add(new GroupPlan.Member(members.get(i).rule(), conditions.get(i)));
            }
        }
        return possible;
    }

    /// A new evaluator, for one thread.
    public Evaluator newEvaluator(boolean firstOnly) {
        int words = plans.stream().mapToInt(GroupPlan::words).max().orElse(0);
        return new Evaluator(this, sharing.newEvaluation(), new long[words], firstOnly);
    }

    /// Number of the group of rules that events of a type can match; negative: none.
    int group(int eventType) {
        return groupOfType[eventType >= 0 && eventType < groupOfType.length ? eventType : 0];
    }

    RuleCode code() {
        return compiled.code();
    }

    /// Whether the rules are closures because code generation failed.
    public boolean fellBack() {
        return compiled.fellBack();
    }
}
