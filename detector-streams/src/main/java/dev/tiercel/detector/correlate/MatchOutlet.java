package dev.tiercel.detector.correlate;

import dev.tiercel.correlation.RuleAlert;
import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.MatchMaker;
import dev.tiercel.fields.FieldReference;
import dev.tiercel.fields.FieldSlots;
import dev.tiercel.fields.Row;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.correlation.Suppression;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.schemas.avro.MatchBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// What correlations are to see of the events of one source, and alerts that may be folded: both leave as records of
/// topic `matches`. Not thread-safe: each judge has its own.
public final class MatchOutlet {
    private final MatchMaker maker;
    private final MatchBatches batches;
    private final CorrelationMetrics metrics;
    private final Map<FieldReference, Integer> slots = new HashMap<>();
    private long unkeyed;
    private long oversized;

    /// @param version of the rules
    public MatchOutlet(RuleSet rules, String version, String eventSource, CorrelationMetrics metrics) {
        FieldSlots all = rules.slots();
        this.maker = new MatchMaker(rules.correlations(), eventSource, all);
        this.batches = new MatchBatches(eventSource, version);
        this.metrics = metrics;
        for (int slot = 0; slot < all.size(); slot++) slots.put(all.reference(slot), slot);
    }

    /// The row's event satisfies `rule`.
    public void matched(Rule rule, Row row, Supplier<Evidence> event) {
        if (maker.isStep(rule.name())) maker.make(rule.name(), row, event.get(), batches::add);
    }

    /// The alert of a rule with `suppress`, instead of raising it.
    ///
    /// @param id      of the alert
    /// @param payload the alert
    public void fold(Rule rule, Suppression suppress, Row row, Evidence event, String id, byte[] payload) {
        List<String> key = new ArrayList<>(suppress.by().size());
        for (FieldReference field : suppress.by()) key.add(part(field, row));
        batches.add(new RuleAlert(rule.name(), key, id, 0, event.time(), event, payload, null));
    }

    private String part(FieldReference field, Row row) {
        Integer slot = slots.get(field);
        String part = slot == null ? null : FieldValue.of(row, slot).keyPart();
        return part == null ? "" : part;
    }

    /// Whether it should be drained before the next event.
    public boolean full() {
        return batches.full();
    }

    /// What has come together, for `matches`.
    ///
    /// @param topic     of the record that was judged
    /// @param partition of the record
    public List<MatchBatch> drain(String topic, int partition) {
        count();
        return batches.isEmpty() ? List.of() : batches.drain(topic, partition);
    }

    private void count() {
        if (maker.unkeyed() == unkeyed && batches.oversized() == oversized) return;
        metrics.notMade(maker.unkeyed() - unkeyed, batches.oversized() - oversized);
        unkeyed = maker.unkeyed();
        oversized = batches.oversized();
    }

    /// Forgets what has come together.
    public void clear() {
        batches.clear();
    }
}
