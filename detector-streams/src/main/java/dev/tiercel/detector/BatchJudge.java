package dev.tiercel.detector;

import dev.tiercel.detector.continuity.LaneSequences;
import dev.tiercel.detector.metadata.HeldEvent;
import dev.tiercel.detector.metadata.HeldEvents;
import dev.tiercel.detector.metadata.PodRules;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.kubernetes.ExecRoot;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.schemas.BatchCursor;
import java.util.List;

/// Judges batches of system-call events: a cursor over the bytes, a row over the cursor, the rules over the row.
final class BatchJudge implements Judge {
    private final SyscallRow row;
    private final DetectorMetrics metrics;
    private final LaneSequences sequences;
    private final BatchEvent event;
    private final Verdicts verdicts;
    private final HeldEvents held;
    private final PodRules podRules;
    private int events;
    private long nanos;

    BatchJudge(LoadedRules rules, BatchBench.Parts parts, LaneSequences sequences, HeldEvents held) {
        this.row = new SyscallRow(rules.ruleSet().slots(), parts.kubernetes());
        this.event = new BatchEvent(parts, row);
        this.metrics = parts.metrics();
        this.sequences = sequences;
        this.held = held;
        this.podRules = new PodRules(rules.ruleSet(), row);
        this.verdicts = new Verdicts(rules, FieldCatalog.SYSCALL, row, event, parts.alerts(), metrics);
    }

    @Override
    public LoadedRules rules() {
        return verdicts.rules();
    }

    @Override
    public void begin(byte[] value, EventLocation location) {
        event.at(location);
        events = 0;
        nanos = 0;
        verdicts.begin();
        event.wrap(value);
        BatchCursor cursor = event.cursor();
        long missing = sequences.missingBefore(cursor);
        metrics.sequence(missing);
        event.evidence(!cursor.incomplete() && missing <= 0);
    }

    @Override
    public boolean advance() {
        verdicts.clear();
        long from = System.nanoTime();
        try {
            while (event.next()) {
                if (row.awaitsPod() && held.mayWait()) {
                    judgeWithoutPod();
                } else {
                    verdicts.evaluate();
                    if (!verdicts.raised().isEmpty()) awaitRequest();
                }
                events++;
                if (!verdicts.raised().isEmpty()) return true;
            }
        } finally {
            nanos += System.nanoTime() - from;
        }
        metrics.judged(events, nanos, event.cursor().lost());
        verdicts.end();
        return false;
    }

    /// Judges an event as far as its unknown pod allows, and holds it for the rest.
    private void judgeWithoutPod() {
        verdicts.evaluate(podRules::judge);
        List<String> revisable = podRules.revisable();
        boolean whole = podRules.left() == HeldEvent.Left.NONE && revisable.isEmpty();
        if (!whole && !held.hasRoom()) {
            metrics.waited(DetectorMetrics.WaitEnd.FULL);
            verdicts.evaluate();
            return;
        }
        podRules.raised().forEach(verdicts::raise);
        if (!whole) {
            EventLocation at = event.location();
            held.hold(new HeldEvent(
                    at.offset(),
                    at.index(),
                    event.time(),
                    held.until(),
                    row.podUid(),
                    row.containerId(),
                    podRules.left(),
                    event.evidenceComplete(),
                    revisable,
                    null));
        }
    }

    /// Holds an event that has raised alerts, if it may come to be known who entered its pod.
    private void awaitRequest() {
        List<String> revisable = verdicts.raised().stream()
                .filter(Detection.class::isInstance)
                .map(alert -> ((Detection) alert).rule().hash())
                .toList();
        ExecRoot root = held.mayWait() && !revisable.isEmpty() ? row.awaitedExec() : null;
        if (root == null) return;
        if (!held.hasRoom()) {
            metrics.waited(DetectorMetrics.WaitEnd.FULL);
            return;
        }
        EventLocation at = event.location();
        held.hold(new HeldEvent(
                at.offset(),
                at.index(),
                event.time(),
                held.until(),
                "",
                "",
                HeldEvent.Left.NONE,
                event.evidenceComplete(),
                revisable,
                root));
    }

    @Override
    public List<Judgement> raised() {
        return verdicts.raised();
    }

    @Override
    public long latest() {
        return verdicts.latest();
    }

    @Override
    public boolean evidenceComplete() {
        return event.evidenceComplete();
    }
}
