package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The changes of an override to a rule, signal or correlation; null: unchanged.
final class RuleUpdate {

    final ItemKind kind;
    final String name;
    final SourcePosition position;

    @Nullable
    LocatedText condition;

    @Nullable
    LocatedText output;

    @Nullable
    String description;

    @Nullable
    Priority priority;

    @Nullable
    String source;

    @Nullable
    TreeSet<String> tags;

    @Nullable
    List<ExceptionItem> exceptions;

    @Nullable
    Boolean enabled;

    @Nullable
    Boolean warnEventTypes;

    @Nullable
    Boolean skipIfUnknownFilter;

    @Nullable
    Boolean capture;

    @Nullable
    Long captureMillis;

    @Nullable
    Long captureEvents;

    @Nullable
    Long captureFileSize;

    @Nullable
    SuppressItem suppress;

    @Nullable
    Boolean shadow;

    /// Changes to what only a correlation has.
    final List<Consumer<CorrelationItem>> correlation = new ArrayList<>();

    /// A part of it was rejected and reported.
    boolean refused;

    RuleUpdate(ItemKind kind, String name, SourcePosition position) {
        this.kind = kind;
        this.name = name;
        this.position = position;
    }

    /// An empty one of the same item.
    RuleUpdate another() {
        return new RuleUpdate(kind, name, position);
    }
}
