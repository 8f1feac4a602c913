package dev.tiercel.detector;

import dev.tiercel.detector.continuity.LaneSequences;
import dev.tiercel.detector.execs.ExecOutput;
import dev.tiercel.detector.metadata.HeldEvent;
import dev.tiercel.detector.metadata.HeldEvents;
import dev.tiercel.detector.metadata.PodRules;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.kubernetes.ExecRoot;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.Output;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.BatchVersions;
import java.util.List;

/// Judges batches of system-call events: a cursor over the bytes, a row over the cursor, the rules over the row.
final class BatchJudge implements Judge, Verdicts.Subject {
    private final BatchVersions versions;
    private final Nodes nodes;
    private final SyscallRow row;
    private final DetectorMetrics metrics;
    private final LaneSequences sequences;
    private final BatchCursor cursor = new BatchCursor();
    private final Verdicts verdicts;
    private final HeldEvents held;
    private final PodRules podRules;
    private EventLocation batch = new EventLocation("", 0, 0, 0);
    private boolean evidenceComplete;
    private int events;
    private long nanos;

    BatchJudge(LoadedRules rules, BatchBench.Parts parts, LaneSequences sequences, HeldEvents held) {
        this.versions = parts.versions();
        this.nodes = parts.nodes();
        this.row = new SyscallRow(rules.ruleSet().slots(), parts.kubernetes());
        this.metrics = parts.metrics();
        this.sequences = sequences;
        this.held = held;
        this.podRules = new PodRules(rules.ruleSet(), row);
        this.verdicts = new Verdicts(rules, FieldCatalog.SYSCALL, row, this, parts.alerts(), metrics);
    }

    @Override
    public LoadedRules rules() {
        return verdicts.rules();
    }

    @Override
    public void begin(byte[] value, EventLocation location) {
        batch = location;
        events = 0;
        nanos = 0;
        verdicts.begin();
        cursor.wrap(versions.current(value));
        row.batch(cursor);
        row.node(nodes.node(cursor.node()));
        long missing = sequences.missingBefore(cursor);
        metrics.sequence(missing);
        evidenceComplete = !cursor.incomplete() && missing <= 0;
    }

    @Override
    public boolean advance() {
        verdicts.clear();
        long from = System.nanoTime();
        try {
            while (cursor.next()) {
                row.event();
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
        metrics.judged(events, nanos, cursor.lost());
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
            held.hold(new HeldEvent(
                    batch.offset(),
                    cursor.eventIndex(),
                    held.until(),
                    row.podUid(),
                    row.containerId(),
                    podRules.left(),
                    evidenceComplete,
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
        held.hold(new HeldEvent(
                batch.offset(),
                cursor.eventIndex(),
                held.until(),
                "",
                "",
                HeldEvent.Left.NONE,
                evidenceComplete,
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
    public String identity() {
        return identity(cursor);
    }

    /// Of the cursor's event: a batch can be published twice, after a crash of its collector.
    static String identity(BatchCursor cursor) {
        return cursor.node() + "/" + cursor.lane() + "/" + cursor.collectorStart() + "/" + cursor.sequence() + "/"
                + cursor.eventIndex();
    }

    @Override
    public String alertId(Rule rule, EventLocation at) {
        return AlertId.of(rule.hash(), List.of(at));
    }

    @Override
    public EventLocation location() {
        return new EventLocation(batch.topic(), batch.partition(), batch.offset(), cursor.eventIndex());
    }

    @Override
    public String hostname() {
        return cursor.node();
    }

    @Override
    public long time() {
        return cursor.time();
    }

    @Override
    public boolean evidenceComplete() {
        return evidenceComplete;
    }

    @Override
    public Output complete(Output output) {
        return ExecOutput.with(row.exec(), output);
    }
}
