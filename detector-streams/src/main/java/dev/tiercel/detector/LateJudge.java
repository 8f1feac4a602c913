package dev.tiercel.detector;

import dev.tiercel.detector.metadata.HeldEvent;
import dev.tiercel.detector.metadata.PodRules;
import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.fields.syscall.SyscallRow;
import dev.tiercel.rules.engine.Rule;
import java.util.List;

/// Judges events that had to wait for the metadata of their pod, by the rules that are in force now.
///
/// Use: [#begin] with a record, then [#judge] with its events, in order. Not thread-safe.
final class LateJudge {
    private final SyscallRow row;
    private final PodRules podRules;
    private final Verdicts verdicts;
    private final LoadedRules rules;
    private final BatchEvent current;
    private byte[] value = {};
    private boolean begun;

    LateJudge(LoadedRules rules, BatchBench.Parts parts) {
        this.rules = rules;
        this.row = new SyscallRow(rules.ruleSet().slots(), parts.kubernetes());
        this.current = new BatchEvent(parts, row);
        this.podRules = new PodRules(rules.ruleSet(), row);
        this.verdicts = new Verdicts(rules, FieldCatalog.SYSCALL, row, current, parts.alerts(), parts.metrics());
    }

    LoadedRules rules() {
        return rules;
    }

    /// A record that has been judged before.
    ///
    /// @param location of its first event
    void begin(byte[] record, EventLocation location) {
        value = record;
        current.at(location);
        begun = false;
        verdicts.begin();
    }

    /// What an event raises now: alerts of the rules that had to wait, and revisions of those that lacked metadata.
    List<Judgement> judge(HeldEvent event) {
        moveTo(event.index());
        current.evidence(event.evidenceComplete());
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

    /// Whether a rule's alert says now what the event waited for.
    private boolean says(HeldEvent event, Rule rule) {
        return event.root() == null ? podRules.shows(rule) : row.exec() != null;
    }

    private void moveTo(int index) {
        if (!begun) current.wrapAnew(value);
        begun = true;
        while (current.cursor().eventIndex() < index && current.next()) {}
        if (current.cursor().eventIndex() != index) {
            throw new IllegalStateException(
                    "no event " + index + " in the batch, the last is at " + current.location());
        }
    }
}
