package dev.tiercel.detector;

import dev.tiercel.detector.execs.ExecOutput;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.Output;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.BatchVersions;
import java.util.List;

/// The event of a batch that is judged: where a cursor and the row over it stand.
final class BatchEvent implements Verdicts.Subject {
    private final BatchVersions versions;
    private final Nodes nodes;
    private final SyscallRow row;
    private BatchCursor cursor = new BatchCursor();
    private EventLocation batch = new EventLocation("", 0, 0, 0);
    private boolean evidenceComplete;

    BatchEvent(BatchBench.Parts parts, SyscallRow row) {
        this.versions = parts.versions();
        this.nodes = parts.nodes();
        this.row = row;
    }

    /// Where the batch is of which events are judged next.
    void at(EventLocation first) {
        batch = first;
    }

    /// Begins a batch, before its first event.
    void wrap(byte[] value) {
        cursor.wrap(versions.current(value));
        row.batch(cursor);
        row.node(nodes.node(cursor.node()));
    }

    /// The same by a new cursor, so that the row keeps no value of a batch that it had before.
    void wrapAnew(byte[] value) {
        cursor = new BatchCursor();
        wrap(value);
    }

    /// Goes to the next event; false: there is none.
    boolean next() {
        if (!cursor.next()) return false;
        row.event();
        return true;
    }

    BatchCursor cursor() {
        return cursor;
    }

    /// @param complete whether nothing is known to be missing before the event
    void evidence(boolean complete) {
        evidenceComplete = complete;
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

    /// A batch can be published twice, after a crash of its collector.
    @Override
    public String identity() {
        return cursor.node() + "/" + cursor.lane() + "/" + cursor.collectorStart() + "/" + cursor.sequence() + "/"
                + cursor.eventIndex();
    }

    @Override
    public Output complete(Output output) {
        return ExecOutput.with(row.exec(), output);
    }
}
