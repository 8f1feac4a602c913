package dev.tiercel.detector.correlate;

import dev.tiercel.correlation.RuleAlert;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.schemas.avro.MatchBatch;
import dev.tiercel.schemas.avro.StepMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects the matches of one record of events: those of one key become one record of topic `matches`.
///
/// What it holds has a bound: beyond it, it is [#full()], and is to be drained. Not thread-safe.
public final class MatchBatches {
    private static final int MOST_MATCHES = 1_000;
    private static final int MOST_BYTES = 256 << 10;

    /// A longer one would not fit into a record.
    private static final int LONGEST_MATCH = 512 << 10;

    private final String source;
    private final String rules;
    private final Map<Group, List<StepMatch>> groups = new LinkedHashMap<>();
    private int matches;
    private int bytes;
    private long oversized;

    private record Group(String correlation, String structure, List<String> key) {}

    /// @param source event source
    /// @param rules  version of the rules that judge
    public MatchBatches(String source, String rules) {
        this.source = source;
        this.rules = rules;
    }

    public void add(Match match) {
        add(new Group(match.correlation(), match.structure(), match.key()), MatchRecords.of(match));
    }

    public void add(RuleAlert alert) {
        add(new Group(alert.rule(), "", alert.key()), MatchRecords.of(alert));
    }

    private void add(Group group, StepMatch match) {
        int size = size(match) + group.key().stream().mapToInt(String::length).sum();
        if (size > LONGEST_MATCH) {
            oversized++;
            return;
        }
        groups.computeIfAbsent(group, none -> new ArrayList<>(1)).add(match);
        matches++;
        bytes += size;
    }

    private static int size(StepMatch match) {
        int alert = match.getAlert() == null ? 0 : match.getAlert().getPayload().remaining();
        return match.getValues().remaining()
                + alert
                + match.getEvent().getIdentity().length();
    }

    /// Whether it should be drained before more is added.
    public boolean full() {
        return matches >= MOST_MATCHES || bytes >= MOST_BYTES;
    }

    public boolean isEmpty() {
        return matches == 0;
    }

    /// What was collected, by key, in the order of the first match of each; it is empty then.
    ///
    /// @param topic     of the record
    /// @param partition of the record
    public List<MatchBatch> drain(String topic, int partition) {
        List<MatchBatch> drained = new ArrayList<>(groups.size());
        groups.forEach((group, members) -> drained.add(new MatchBatch(
                source,
                topic,
                partition,
                0,
                0L,
                0L,
                0L,
                rules,
                group.correlation(),
                group.structure(),
                group.key(),
                members)));
        clear();
        return drained;
    }

    /// Forgets what was collected.
    public void clear() {
        groups.clear();
        matches = 0;
        bytes = 0;
    }

    /// Matches so far that were too long for a record, and left out.
    public long oversized() {
        return oversized;
    }
}
