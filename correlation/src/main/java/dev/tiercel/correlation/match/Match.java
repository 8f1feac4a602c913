package dev.tiercel.correlation.match;

import java.util.List;

/// An event that matched what a step of a correlation names, with what the correlation needs of it. Immutable.
///
/// @param correlation name of the correlation
/// @param structure   of the correlation that it was made for (`Correlation.structure()`)
/// @param key         values of its `group-by`, each present
/// @param step        number of the step (`CorrelationStep.number()`)
/// @param evidence    the event; of an alert of another correlation: its time and id
/// @param values      of the step's captured fields, in their order
/// @param causes      the events of that alert; empty: the match is an event itself
public record Match(
        String correlation,
        String structure,
        List<String> key,
        int step,
        Evidence evidence,
        List<FieldValue> values,
        List<Evidence> causes)
        implements Comparable<Match> {
    public Match {
        key = List.copyOf(key);
        values = List.copyOf(values);
        causes = List.copyOf(causes);
    }

    /// The match of an event.
    public Match(
            String correlation,
            String structure,
            List<String> key,
            int step,
            Evidence evidence,
            List<FieldValue> values) {
        this(correlation, structure, key, step, evidence, values, List.of());
    }

    /// Time of the event.
    public long time() {
        return evidence.time();
    }

    /// The events that it stands for.
    public List<Evidence> events() {
        return causes.isEmpty() ? List.of(evidence) : causes;
    }

    /// Whether `other` is of the same event, which may have been delivered at two addresses.
    public boolean isOfSameEvent(Match other) {
        return evidence.isSameEvent(other.evidence) && evidence.source().equals(other.evidence.source());
    }

    /// Order among the matches of a key: by event; of one event the last step first, so that no event follows
    /// itself.
    @Override
    public int compareTo(Match other) {
        int order = evidence.compareTo(other.evidence);
        return order != 0 ? order : Integer.compare(other.step, step);
    }

    /// Roughly the heap that it takes.
    public int weight() {
        int weight = 144 + evidence.identity().length() + 96 * causes.size();
        for (int i = 0; i < values.size(); i++) weight += values.get(i).weight();
        return weight;
    }
}
