package dev.tiercel.detector;

import dev.tiercel.detector.continuity.LaneSequences;
import dev.tiercel.detector.execs.ExecOutput;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
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
    private EventLocation batch = new EventLocation("", 0, 0, 0);
    private boolean evidenceComplete;
    private int events;
    private long nanos;

    private BatchJudge(
            LoadedRules rules,
            BatchVersions versions,
            Nodes nodes,
            KubernetesIndex kubernetes,
            DetectorMetrics metrics,
            LaneSequences sequences) {
        this.versions = versions;
        this.nodes = nodes;
        this.row = new SyscallRow(rules.ruleSet().slots(), kubernetes);
        this.metrics = metrics;
        this.sequences = sequences;
        this.verdicts = new Verdicts(rules, FieldCatalog.SYSCALL, row, this, metrics);
    }

    /// The judges of one task.
    static Bench bench(BatchVersions versions, Nodes nodes, KubernetesIndex kubernetes, DetectorMetrics metrics) {
        LaneSequences sequences = new LaneSequences();
        return new Bench() {
            @Override
            public Judge judge(LoadedRules rules) {
                return new BatchJudge(rules, versions, nodes, kubernetes, metrics, sequences);
            }

            @Override
            public boolean offsetsAreDense() {
                return true;
            }

            @Override
            public void beginningLost() {
                sequences.beginningLost();
            }
        };
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
                verdicts.evaluate();
                events++;
                if (!verdicts.raised().isEmpty()) return true;
            }
        } finally {
            nanos += System.nanoTime() - from;
        }
        metrics.judged(events, nanos, cursor.lost());
        return false;
    }

    @Override
    public List<Detection> raised() {
        return verdicts.raised();
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
