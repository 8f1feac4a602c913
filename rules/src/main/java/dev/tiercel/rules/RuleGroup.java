package dev.tiercel.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The rules that events of some types can match, arranged so that most are ruled out together.
///
/// Each rule is a conjunction. A term that several rules share (a guard) is evaluated once and, if it fails, strikes
/// all of them from the
/// candidates, a bit set. What remains of a rule is evaluated only if the rule is still a candidate.
final class RuleGroup {

    private final Rule[] rules;
    private final Condition[] guards;
    /// Per guard: the candidates it is a term of.
    private final long[][] guarded;
    /// Per rule: its terms that are no guards.
    private final Condition[][] terms;
    private final long[] all;

    private RuleGroup(Rule[] rules, Condition[] guards, long[][] guarded, Condition[][] terms) {
        this.rules = rules;
        this.guards = guards;
        this.guarded = guarded;
        this.terms = terms;
        this.all = new long[words(rules.length)];
        for (int i = 0; i < rules.length; i++) {
            all[i >> 6] |= 1L << i;
        }
    }

    /// A rule and its condition, specialised for the events of the group; never [Ir#FALSE].
    record Member(Rule rule, Ir condition) {
        List<Ir> terms() {
            return switch (condition) {
                case Ir.And(var terms) -> terms;
                case Ir.Constant constant -> List.of();
                default -> List.of(condition);
            };
        }
    }

    /// The group of `members`, in load order.
    static RuleGroup of(List<Member> members, Closures closures) {
        Map<Ir, Integer> guards = guards(members);
        long[][] guarded = new long[guards.size()][words(members.size())];
        Condition[][] rest = new Condition[members.size()][];
        for (int i = 0; i < members.size(); i++) {
            List<Ir> own = new ArrayList<>();
            for (Ir term : members.get(i).terms()) {
                Integer guard = guards.get(term);
                if (guard == null) {
                    own.add(term);
                } else {
                    guarded[guard][i >> 6] |= 1L << i;
                }
            }
            own.sort(Comparator.comparingDouble(term -> Cost.of(term).conjunctionRank()));
            rest[i] = own.stream().map(closures::compile).toArray(Condition[]::new);
        }
        return new RuleGroup(
                members.stream().map(Member::rule).toArray(Rule[]::new),
                guards.keySet().stream().map(closures::compile).toArray(Condition[]::new),
                guarded,
                rest);
    }

    /// The terms that several members share, each with its place, those first that strike most for the least work.
    private static Map<Ir, Integer> guards(List<Member> members) {
        Map<Ir, Integer> counts = new LinkedHashMap<>();
        members.forEach(member -> member.terms().forEach(term -> counts.merge(term, 1, Integer::sum)));
        List<Ir> order = new ArrayList<>();
        Map<Ir, Double> ranks = new HashMap<>();
        counts.forEach((term, count) -> {
            if (count > 1) {
                order.add(term);
                ranks.put(term, Cost.of(term).conjunctionRank() / count);
            }
        });
        order.sort(Comparator.comparingDouble(term -> ranks.getOrDefault(term, 0.0)));
        Map<Ir, Integer> guards = new LinkedHashMap<>();
        order.forEach(term -> guards.put(term, guards.size()));
        return guards;
    }

    /// Words of a set of candidates.
    int words() {
        return all.length;
    }

    /// Evaluates the rules in load order.
    ///
    /// @param candidates scratch space of at least [#words()]
    void evaluate(Evaluation evaluation, long[] candidates, boolean firstOnly, MatchHandler handler) {
        if (all.length == 1) {
            evaluateOneWord(evaluation, firstOnly, handler);
            return;
        }
        System.arraycopy(all, 0, candidates, 0, all.length);
        for (int i = 0; i < guards.length; i++) {
            if (intersects(candidates, guarded[i]) && !guards[i].holds(evaluation) && strike(candidates, guarded[i])) {
                return;
            }
        }
        for (int word = 0; word < all.length; word++) {
            if (!finish(evaluation, candidates[word], word << 6, firstOnly, handler)) {
                return;
            }
        }
    }

    private void evaluateOneWord(Evaluation evaluation, boolean firstOnly, MatchHandler handler) {
        long candidates = all[0];
        for (int i = 0; i < guards.length; i++) {
            long concerned = guarded[i][0];
            if ((candidates & concerned) != 0 && !guards[i].holds(evaluation)) {
                candidates &= ~concerned;
                if (candidates == 0) {
                    return;
                }
            }
        }
        finish(evaluation, candidates, 0, firstOnly, handler);
    }

    /// Evaluates what remains of each candidate; false: no more rules are wanted.
    private boolean finish(Evaluation evaluation, long candidates, int base, boolean firstOnly, MatchHandler handler) {
        long left = candidates;
        while (left != 0) {
            int rule = base + Long.numberOfTrailingZeros(left);
            if (holds(evaluation, terms[rule])) {
                handler.onMatch(rules[rule]);
                if (firstOnly) {
                    return false;
                }
            }
            left &= left - 1;
        }
        return true;
    }

    private static boolean holds(Evaluation evaluation, Condition[] terms) {
        for (Condition term : terms) {
            if (!term.holds(evaluation)) {
                return false;
            }
        }
        return true;
    }

    private static boolean intersects(long[] candidates, long[] others) {
        for (int i = 0; i < others.length; i++) {
            if ((candidates[i] & others[i]) != 0) {
                return true;
            }
        }
        return false;
    }

    /// Removes `struck`; whether none is left.
    private static boolean strike(long[] candidates, long[] struck) {
        long left = 0;
        for (int i = 0; i < struck.length; i++) {
            candidates[i] &= ~struck[i];
            left |= candidates[i];
        }
        return left == 0;
    }

    private static int words(int rules) {
        return (rules + 63) >> 6;
    }
}
