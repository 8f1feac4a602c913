package dev.tiercel.rules.engine;

import dev.tiercel.rules.ir.Ir;
import dev.tiercel.rules.output.OutputFormat;
import dev.tiercel.rules.source.SourcePosition;
import dev.tiercel.rules.yaml.Priority;
import dev.tiercel.schemas.EventType;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// A compiled rule. Compared by identity.
public final class Rule {

    private final Definition definition;
    private final int index;
    private final String hash;
    private final OutputFormat outputFormat;
    private final Set<EventType> eventTypes;
    private final Ir ir;

    /// What the rules files define, after overrides and exceptions.
    ///
    /// @param condition with exceptions appended, lists and macros not expanded
    /// @param expandedCondition everything expanded, as parsed
    /// @param output with extra outputs appended
    /// @param captureMillis 0: the global default
    /// @param changes positions of its overrides
    public record Definition(
            String name,
            String description,
            String condition,
            String expandedCondition,
            String output,
            Priority priority,
            String source,
            SortedSet<String> tags,
            boolean capture,
            long captureMillis,
            SourcePosition position,
            List<SourcePosition> changes) {
        public Definition {
            changes = changes.stream().distinct().toList();
        }
    }

    public Rule(
            Definition definition,
            int index,
            String hash,
            OutputFormat outputFormat,
            Set<EventType> eventTypes,
            Ir ir) {
        this.definition = definition;
        this.index = index;
        this.hash = hash;
        this.outputFormat = outputFormat;
        this.eventTypes = eventTypes.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(eventTypes));
        this.ir = ir;
    }

    public Definition definition() {
        return definition;
    }

    public Ir ir() {
        return ir;
    }

    /// Unique in its rule set.
    public String name() {
        return definition.name();
    }

    /// `desc`.
    public String description() {
        return definition.description();
    }

    /// Condition with exceptions appended, as written otherwise.
    public String condition() {
        return definition.condition();
    }

    /// Condition with exceptions appended, lists and macros expanded, on one line; it parses.
    public String expandedCondition() {
        return definition.expandedCondition();
    }

    /// Output as written, with extra outputs appended.
    public String output() {
        return definition.output();
    }

    /// How urgent its alerts are.
    public Priority priority() {
        return definition.priority();
    }

    /// Event source: `syscall`.
    public String source() {
        return definition.source();
    }

    /// Sorted.
    public SortedSet<String> tags() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(definition.tags()));
    }

    /// Whether a match should capture the events that follow.
    boolean capture() {
        return definition.capture();
    }

    /// How long to capture, in milliseconds; 0: the global default.
    long captureMillis() {
        return definition.captureMillis();
    }

    /// File of its definition.
    public String file() {
        return definition.position().file().name();
    }

    /// Line of its definition, from 1.
    public int line() {
        return definition.position().line();
    }

    /// Position in load order among the rules of its rule set, from 0.
    public int index() {
        return index;
    }

    /// 16 hexadecimal digits, equal for rules with the same condition and output. Stable across processes and Java
    /// versions.
    public String hash() {
        return hash;
    }

    /// Renders its alerts.
    public OutputFormat outputFormat() {
        return outputFormat;
    }

    /// Event types it can match; empty for sources other than syscall.
    public Set<EventType> eventTypes() {
        return eventTypes;
    }

    @Override
    public String toString() {
        return name();
    }
}
