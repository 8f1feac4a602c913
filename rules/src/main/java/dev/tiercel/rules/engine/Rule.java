package dev.tiercel.rules.engine;

import dev.tiercel.rules.correlation.Suppression;
import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.output.OutputFormat;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.yaml.Capture;
import dev.tiercel.rules.yaml.Priority;
import dev.tiercel.schemas.EventType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A compiled rule or signal, after overrides and exceptions. Compared by identity.
///
/// @param name unique in its rule set
/// @param description `desc`
/// @param condition with exceptions appended, otherwise as written
/// @param expandedCondition with exceptions appended, lists and macros expanded, on one line; it parses
/// @param output as written, with extra outputs appended
/// @param source event source: `syscall`
/// @param position of its definition
/// @param changes positions of its overrides
/// @param index position in load order among the rules of its rule set, from 0
/// @param hash 16 hexadecimal digits, equal for rules with the same condition and output; stable across processes and
/// Java versions
/// @param outputFormat renders its alerts
/// @param signal it raises no alert and has no output: its matches only feed correlations
/// @param suppress null: every match is an alert
/// @param shadow its alerts go to `alerts.shadow`
/// @param eventTypes event types it can match; empty for sources other than syscall
public record Rule(
        String name,
        String description,
        String condition,
        String expandedCondition,
        String output,
        Priority priority,
        String source,
        SortedSet<String> tags,
        SourcePosition position,
        List<SourcePosition> changes,
        int index,
        String hash,
        OutputFormat outputFormat,
        Set<EventType> eventTypes,
        Ir ir,
        Capture capture,
        boolean signal,
        @Nullable Suppression suppress,
        boolean shadow) {

    public Rule {
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
        changes = changes.stream().distinct().toList();
        eventTypes = eventTypes.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(eventTypes));
    }

    /// The slots that its condition reads, exceptions included.
    public IntStream conditionSlots() {
        return ir.slots().distinct();
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
