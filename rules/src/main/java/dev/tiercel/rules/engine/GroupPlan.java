package dev.tiercel.rules.engine;

import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.match.TextTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The evaluation plan for the rules that events of some types can match; both back ends execute it.
///
/// Each rule is a conjunction, and all rules start as candidates in a bit set. Each strike, in order, removes the
/// rules for which a term fails: a term shared by several rules is evaluated once for all of them, and so are all
/// predicates of one text ([TextTable]). The remaining terms of a rule are evaluated only if the rule is still a
/// candidate.
///
/// @param rests per rule: the terms not covered by a strike
record GroupPlan(List<Rule> rules, List<Strike> strikes, List<List<Ir>> rests) {

    GroupPlan {
        rules = List.copyOf(rules);
        strikes = List.copyOf(strikes);
        rests = List.copyOf(rests);
    }

    /// Removes candidates. Never compared.
    @SuppressWarnings("ArrayRecordComponent")
    sealed interface Strike {

        /// The candidates it may remove.
        long[] concerned();

        /// Removes all concerned candidates unless the term holds.
        record Guard(Ir term, long[] concerned) implements Strike {}

        /// Removes the concerned candidates that are in no mask of a satisfied predicate.
        ///
        /// @param masks by predicate; null: the predicate concerns no candidate
        record Texts(TextTable table, long[] concerned, long[] @Nullable [] masks) implements Strike {}
    }

    /// A rule and its condition, specialised for the events of the group; the condition is never [Ir.Constant#FALSE].
    record Member(Rule rule, Ir condition) {
        List<Ir> terms() {
            return switch (condition) {
                case Ir.And(var terms) -> terms;
                case Ir.Constant constant -> List.of();
                default -> List.of(condition);
            };
        }
    }

    /// Number of words in a set of candidates.
    int words() {
        return (rules.size() + 63) >> 6;
    }

    /// Plans for `members`, in their order.
    static GroupPlan of(List<Member> members, Sharing sharing) {
        return new Planner(members, sharing).plan();
    }

    private static final class Planner {

        /// A table is used as a strike if at least this many rules have a term for it.
        private static final int FEW = 3;

        /// Estimated cost of matching a table, in units of [Cost].
        private static final double TABLE_WORK = 20;

        private final List<Member> members;
        private final Sharing sharing;
        private final int words;
        private final List<Ranked> ranked = new ArrayList<>();
        private final List<List<Ir>> left = new ArrayList<>();

        /// @param rank order of the strikes: low first
        private record Ranked(Strike strike, double rank) {}

        Planner(List<Member> members, Sharing sharing) {
            this.members = members;
            this.sharing = sharing;
            this.words = (members.size() + 63) >> 6;
            members.forEach(member -> left.add(new ArrayList<>(member.terms())));
        }

        GroupPlan plan() {
            sharing.tables().all().forEach(this::strikeBy);
            strikeByGuards();
            List<Strike> strikes = ranked.stream()
                    .sorted(Comparator.comparingDouble(Ranked::rank))
                    .map(Ranked::strike)
                    .toList();
            for (List<Ir> rest : left) {
                rest.sort(Comparator.comparingDouble(term -> Cost.of(term).conjunctionRank()));
            }
            return new GroupPlan(members.stream().map(Member::rule).toList(), strikes, left);
        }

        /// Strikes by `table` one term of every rule that has a term for it.
        private void strikeBy(TextTable table) {
            Map<Integer, Ir> terms = new HashMap<>();
            for (int rule = 0; rule < left.size(); rule++) {
                for (Ir term : left.get(rule)) {
                    if (decides(table, term)) {
                        terms.putIfAbsent(rule, term);
                    }
                }
            }
            if (terms.size() < FEW) {
                return;
            }
            long[] concerned = new long[words];
            long[][] masks = new long[table.size()][];
            terms.forEach((rule, term) -> {
                left.get(rule).remove(term);
                mark(concerned, rule);
                for (Ir alternative : alternatives(term)) {
                    int index = alternative instanceof Ir.TextIs text ? table.indexOf(text.predicate()) : -1;
                    masks[index] = masks[index] == null ? new long[words] : masks[index];
                    mark(masks[index], rule);
                }
            });
            ranked.add(new Ranked(new Strike.Texts(table, concerned, masks), TABLE_WORK / terms.size()));
        }

        private boolean decides(TextTable table, Ir term) {
            for (Ir alternative : alternatives(term)) {
                if (sharing.tables().of(alternative) != table) {
                    return false;
                }
            }
            return true;
        }

        private static List<Ir> alternatives(Ir term) {
            return term instanceof Ir.Or(var terms) ? terms : List.of(term);
        }

        private void strikeByGuards() {
            Map<Ir, List<Integer>> users = new LinkedHashMap<>();
            for (int rule = 0; rule < left.size(); rule++) {
                for (Ir term : left.get(rule)) {
                    users.computeIfAbsent(term, absent -> new ArrayList<>()).add(rule);
                }
            }
            users.forEach((term, rules) -> {
                if (rules.size() > 1) {
                    long[] concerned = new long[words];
                    rules.forEach(rule -> {
                        mark(concerned, rule);
                        left.get(rule).remove(term);
                    });
                    ranked.add(new Ranked(
                            new Strike.Guard(term, concerned), Cost.of(term).conjunctionRank() / rules.size()));
                }
            });
        }

        private static void mark(long[] set, int rule) {
            set[rule >> 6] |= 1L << rule;
        }
    }
}
