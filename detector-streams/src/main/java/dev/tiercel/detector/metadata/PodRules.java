package dev.tiercel.detector.metadata;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.engine.Evaluator;
import dev.tiercel.rules.engine.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What rules ask of the pods of events, and which of them can judge an event whose pod is not known yet.
///
/// Not thread-safe.
public final class PodRules {
    private final RuleSet rules;
    private final SyscallRow row;
    private final Map<Rule, int[]> conditions = new HashMap<>();
    private final Map<Rule, int[]> outputs = new HashMap<>();
    private final Set<Rule> matched = new HashSet<>();
    private final List<Rule> raised = new ArrayList<>();
    private HeldEvent.Left left = HeldEvent.Left.NONE;
    private @Nullable Evaluator ofAll;
    private @Nullable Evaluator ofPossible;

    /// @param row over the slots of `rules`
    public PodRules(RuleSet rules, SyscallRow row) {
        this.rules = rules;
        this.row = row;
        for (Rule rule : rules.rules()) {
            keep(conditions, rule, IntStream.concat(rule.conditionSlots(), captured(rule)));
            keep(outputs, rule, rule.outputFormat().slots());
        }
    }

    /// What correlations are to see of the rule's matches: without it, a match would lack a part of its key.
    private IntStream captured(Rule rule) {
        FieldSlots slots = rules.slots();
        Set<FieldReference> fields = rules.steps(rule).stream()
                .flatMap(feed -> feed.step().captured().stream())
                .collect(Collectors.toSet());
        return IntStream.range(0, slots.size()).filter(slot -> fields.contains(slots.reference(slot)));
    }

    private void keep(Map<Rule, int[]> slots, Rule rule, IntStream read) {
        if (!rule.source().equals(FieldCatalog.SYSCALL)) return;
        int[] ofPods = read.filter(row::readsPod).distinct().toArray();
        if (ofPods.length > 0) slots.put(rule, ofPods);
    }

    /// Judges the row's event, whose pod is not known, as far as that can be done without.
    ///
    /// A rule waits if its condition reads what only the cluster tells, and the event would match it with some
    /// metadata. Where the first match alone counts, nothing after such a rule is judged either.
    public void judge() {
        matched.clear();
        raised.clear();
        left = HeldEvent.Left.NONE;
        ofAll().evaluate(row, matched::add);
        ofPossible().evaluate(row, this::consider);
    }

    private void consider(Rule rule) {
        boolean found = left != HeldEvent.Left.NONE || raised.stream().anyMatch(earlier -> !earlier.signal());
        boolean decided = rules.firstOnly() && found;
        if (decided) return;
        if (waits(rule)) {
            left = rules.firstOnly() ? HeldEvent.Left.ALL : HeldEvent.Left.WAITING;
        } else if (matched.contains(rule)) {
            raised.add(rule);
        }
    }

    /// The rules that the event judged last matches whatever its pod is, in load order.
    public List<Rule> raised() {
        return raised;
    }

    /// The rules that have not judged it.
    public HeldEvent.Left left() {
        return left;
    }

    /// Hashes of those of [#raised] whose output lacks metadata.
    public List<String> revisable() {
        return raised.stream()
                .filter(rule -> slots(outputs, rule).anyMatch(row::isFromCluster))
                .map(Rule::hash)
                .toList();
    }

    /// Whether the condition of a rule reads what only the cluster tells of the row's event.
    public boolean waits(Rule rule) {
        return slots(conditions, rule).anyMatch(row::isFromCluster);
    }

    /// Whether the output of a rule has something that the cluster tells of the row's event.
    public boolean shows(Rule rule) {
        return slots(outputs, rule).anyMatch(slot -> row.isFromCluster(slot) && row.present(slot));
    }

    private static IntStream slots(Map<Rule, int[]> slots, Rule rule) {
        int[] own = slots.get(rule);
        return own == null ? IntStream.empty() : IntStream.of(own);
    }

    /// Rules that had to wait for the metadata of the row's event and match now, in load order.
    public List<Rule> matchedAfterWait() {
        List<Rule> late = new ArrayList<>();
        ofAll().evaluate(row, rule -> {
            if (waits(rule)) late.add(rule);
        });
        return late;
    }

    private Evaluator ofAll() {
        Evaluator made = ofAll;
        if (made == null) {
            made = rules.newEvaluatorOfAll(FieldCatalog.SYSCALL);
            ofAll = made;
        }
        return made;
    }

    private Evaluator ofPossible() {
        Evaluator made = ofPossible;
        if (made == null) {
            made = rules.newEvaluatorOfPossible(FieldCatalog.SYSCALL, row::readsPod);
            ofPossible = made;
        }
        return made;
    }
}
