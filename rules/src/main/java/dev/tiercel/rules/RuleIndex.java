package dev.tiercel.rules;

import dev.tiercel.rules.field.FieldSlots;
import dev.tiercel.schemas.EventType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of one source by event type.
final class RuleIndex {

    private static final RuleGroup NONE =
            RuleGroup.of(List.of(), new Closures(new Scopes(FieldSlots.of(List.of())), Map.of()));

    private final RuleGroup[] byType;
    private final Closures closures;
    private final int words;

    private RuleIndex(RuleGroup[] byType, Closures closures) {
        this.byType = byType;
        this.closures = closures;
        int most = 1;
        for (RuleGroup group : byType) {
            most = Math.max(most, group.words());
        }
        this.words = most;
    }

    /// Indexes `members`, in load order.
    static RuleIndex of(List<RuleGroup.Member> members, FieldSlots slots) {
        EventSignatures signatures = EventSignatures.of(
                members.stream().map(RuleGroup.Member::condition).toList());
        Map<BitSet, List<RuleGroup.Member>> specialised = new HashMap<>();
        List<BitSet> keys = new ArrayList<>();
        for (int number = 0; number < EventType.NUMBER_LIMIT; number++) {
            EventType type = EventType.ofNumber(number).orElse(null);
            BitSet key = signatures.of(type);
            keys.add(key);
            specialised.computeIfAbsent(key, absent -> specialise(members, type));
        }
        List<Ir> roots = new ArrayList<>();
        specialised.values().forEach(group -> group.forEach(member -> roots.addAll(member.terms())));
        Closures closures = new Closures(new Scopes(slots), Uses.count(roots));
        Map<BitSet, RuleGroup> groups = new HashMap<>();
        RuleGroup[] byType = new RuleGroup[EventType.NUMBER_LIMIT];
        for (int number = 0; number < byType.length; number++) {
            BitSet key = keys.get(number);
            byType[number] = groups.computeIfAbsent(key, absent -> group(specialised, key, closures));
        }
        return new RuleIndex(byType, closures);
    }

    private static RuleGroup group(Map<BitSet, List<RuleGroup.Member>> specialised, BitSet key, Closures closures) {
        List<RuleGroup.Member> members = specialised.getOrDefault(key, List.of());
        return members.isEmpty() ? NONE : RuleGroup.of(members, closures);
    }

    private static List<RuleGroup.Member> specialise(List<RuleGroup.Member> members, @Nullable EventType type) {
        Specialisation specialisation = new Specialisation(type);
        List<RuleGroup.Member> possible = new ArrayList<>();
        for (RuleGroup.Member member : members) {
            Ir condition = specialisation.apply(member.condition());
            if (!condition.equals(Ir.FALSE)) {
                possible.add(new RuleGroup.Member(member.rule(), condition));
            }
        }
        return possible;
    }

    /// Types of events that can satisfy `condition`.
    static Set<EventType> eventTypes(Ir condition) {
        EventSignatures signatures = EventSignatures.of(List.of(condition));
        Map<BitSet, Boolean> possible = new HashMap<>();
        Set<EventType> types = new LinkedHashSet<>();
        for (EventType type : EventType.values()) {
            boolean can = possible.computeIfAbsent(
                    signatures.of(type),
                    absent -> !new Specialisation(type).apply(condition).equals(Ir.FALSE));
            if (can) {
                types.add(type);
            }
        }
        return types;
    }

    /// An evaluator of its own, for one thread.
    Evaluator newEvaluator(boolean firstOnly) {
        return new Evaluator(this, closures.newEvaluation(), new long[words], firstOnly);
    }

    RuleGroup group(int eventType) {
        return byType[eventType >= 0 && eventType < byType.length ? eventType : 0];
    }
}
