package dev.tiercel.rules.correlation;

import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.output.ExtraOutput;
import dev.tiercel.rules.output.OutputFormat;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.yaml.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A compiled correlation, after overrides. Compared by identity.
///
/// @param name        unique among the rules, signals and correlations of its rule set
/// @param steps       in their order: one to eight; two for `absence`, at least two for `temporal` types
/// @param until       its matches forget the key; null: none
/// @param groupBy     names of the parts of the key; empty: one key for all
/// @param timespan    from the first to the last match of an alert's evidence
/// @param threshold   null: the type does not count
/// @param learning    for `first_seen`: time from the first match of a key in which nothing is raised; otherwise zero
/// @param fields      what `where`, exceptions and the output may name
/// @param wanted      over `fields`: whether evidence raises an alert, which exceptions can deny
/// @param suppress    null: none
/// @param shadow      alerts go to `alerts.shadow`
/// @param hash        16 hexadecimal digits, equal for equal correlations
/// @param edition     the same over the rules, signals and correlations that feed it too
/// @param meaning     the same over what evidence raises an alert depends on, not over how it is told
/// @param structure   the same over what the state of its keys depends on: an edit that keeps it keeps the state
public record Correlation(
        String name,
        String description,
        CorrelationType type,
        List<CorrelationStep> steps,
        @Nullable CorrelationStep until,
        List<String> groupBy,
        Duration timespan,
        @Nullable Threshold threshold,
        Duration learning,
        EvidenceFields fields,
        Ir wanted,
        OutputFormat output,
        Priority priority,
        SortedSet<String> tags,
        @Nullable Suppression suppress,
        boolean shadow,
        SourcePosition position,
        String hash,
        String edition,
        String meaning,
        String structure) {

    public Correlation {
        steps = List.copyOf(steps);
        groupBy = List.copyOf(groupBy);
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    }

    /// The event source of its alerts: `k8s_audit,syscall`; `correlation` if all steps are other correlations.
    public String source() {
        return source(steps.stream().map(CorrelationStep::source));
    }

    /// The same of steps of these sources.
    static String source(Stream<String> sources) {
        String all =
                sources.filter(source -> !source.isEmpty()).distinct().sorted().collect(Collectors.joining(","));
        return all.isEmpty() ? ExtraOutput.CORRELATION : all;
    }

    /// The steps, and `until` last, if there is one.
    public List<CorrelationStep> allSteps() {
        List<CorrelationStep> all = new ArrayList<>(steps);
        if (until != null) {
            all.add(until);
        }
        return all;
    }

    /// Whether later evidence can only add alerts, so that one is raised as soon as its evidence is complete. Otherwise
    /// alerts wait until nothing that could deny them can still come.
    public boolean atOnce() {
        return until == null
                && switch (type) {
                    case TEMPORAL, TEMPORAL_ORDERED -> true;
                    case EVENT_COUNT, VALUE_COUNT, VALUE_SUM -> threshold != null && threshold.isLowerBound();
                    case ABSENCE, FIRST_SEEN, VALUE_AVG, VALUE_MEDIAN, VALUE_PERCENTILE -> false;
                };
    }

    /// File of its definition.
    public String file() {
        return position.file().name();
    }

    /// Line of its definition, from 1.
    public int line() {
        return position.line();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return name;
    }
}
