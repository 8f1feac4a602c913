package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.SourcePosition;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The changes of an override to a rule; null: unchanged.
final class RuleUpdate {

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

    /// A part of it was rejected and reported.
    boolean refused;

    RuleUpdate(String name, SourcePosition position) {
        this.name = name;
        this.position = position;
    }
}
