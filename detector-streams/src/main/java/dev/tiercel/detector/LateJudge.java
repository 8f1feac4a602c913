package dev.tiercel.detector;

import dev.tiercel.detector.execs.ExecOutput;
import dev.tiercel.detector.metadata.HeldEvent;
import dev.tiercel.detector.metadata.PodRules;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.rules.engine.Rule;
import dev.tiercel.rules.output.Output;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.BatchVersions;
import java.util.List;

/// Judges events that had to wait for the metadata of their pod, by the rules that are in force now.
///
/// Use: [#begin] with a record, then [#judge] with its events, in order. Not thread-safe.
final class LateJudge implements Verdicts.Subject {
    private final BatchVersions versions;
    private final Nodes nodes;
    private final SyscallRow row;
    private final PodRules podRules;
    private final Verdicts verdicts;
    private final LoadedRules rules;
    private BatchCursor cursor = new BatchCursor();
    private byte[] value = {};
    private EventLocation batch = new EventLocation("", 0, 0, 0);
    private boolean begun;
    private boolean evidenceComplete;

    LateJudge(LoadedRules rules, BatchBench.Parts parts) {
        this.rules = rules;
        this.versions = parts.versions();
        this.nodes = parts.nodes();
        this.row = new SyscallRow(rules.ruleSet().slots(), parts.kubernetes());
        this.podRules = new PodRules(rules.ruleSet(), row);
        this.verdicts = new Verdicts(rules, FieldCatalog.SYSCALL, row, this, parts.alerts(), parts.metrics());
    }

    LoadedRules rules() {
        return rules;
    }

    /// A record that has been judged before.
    ///
    /// @param location of its first event
    void begin(byte[] record, EventLocation location) {
        value = record;
        batch = location;
        begun = false;
        verdicts.begin();
    }

    /// What an event raises now: alerts of the rules that had to wait, and revisions of those that lacked metadata.
    List<Judgement> judge(HeldEvent event) {
        moveTo(event.index());
        evidenceComplete = event.evidenceComplete();
        verdicts.clear();
        switch (event.left()) {
            case NONE -> {}
            case WAITING -> verdicts.evaluate(() -> podRules.matchedAfterWait().forEach(verdicts::raise));
            case ALL -> verdicts.evaluate();
        }
        for (Rule rule : rules.ruleSet().rules()) {
            if (event.revisable().contains(rule.hash()) && says(event, rule)) verdicts.raiseAgain(rule);
        }
        verdicts.end();
        return List.copyOf(verdicts.raised());
    }

    @Override
    public String identity() {
        return BatchJudge.identity(cursor);
    }

    /// Whether a rule's alert says now what the event waited for.
    private boolean says(HeldEvent event, Rule rule) {
        return event.root() == null ? podRules.shows(rule) : row.exec() != null;
    }

    private void moveTo(int index) {
        if (!begun) wrap();
        while (cursor.eventIndex() < index && cursor.next()) {
            row.event();
        }
        if (cursor.eventIndex() != index) {
            throw new IllegalStateException("no event " + index + " in the batch at " + batch);
        }
    }

    /// By a new cursor, so that the row keeps no value from before the metadata came.
    private void wrap() {
        cursor = new BatchCursor();
        cursor.wrap(versions.current(value));
        row.batch(cursor);
        row.node(nodes.node(cursor.node()));
        begun = true;
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
