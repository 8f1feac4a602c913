package dev.tiercel.rules.yaml;

import dev.tiercel.fields.FieldCatalog;
import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.Problems;
import dev.tiercel.rules.source.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A rule, signal or correlation as defined and overridden so far.
public final class RuleItem {

    public final ItemKind kind;
    public final String name;
    public final SourcePosition position;
    public LocatedText condition;
    public LocatedText output;
    public String description;
    public Priority priority = Priority.DEBUG;
    public String source = FieldCatalog.SYSCALL;
    public TreeSet<String> tags = new TreeSet<>();
    public List<ExceptionItem> exceptions = new ArrayList<>();
    public boolean enabled = true;
    public boolean warnEventTypes = true;
    public boolean skipIfUnknownFilter;
    public Capture capture = Capture.NONE;

    @Nullable
    public SuppressItem suppress;

    public boolean shadow;
    /// What only a correlation has; empty for others.
    public final CorrelationItem correlation = new CorrelationItem();
    /// Its event source is unknown, so it cannot be evaluated.
    public boolean unknownSource;
    /// A part of it was rejected and reported; the placeholder for that part must not be reported again.
    public boolean refused;
    /// Positions of its overrides.
    public final List<SourcePosition> changes = new ArrayList<>();

    RuleItem(
            ItemKind kind,
            String name,
            SourcePosition position,
            LocatedText condition,
            LocatedText output,
            String description) {
        this.kind = kind;
        this.name = name;
        this.position = position;
        this.condition = condition;
        this.output = output;
        this.description = description;
    }

    /// Whether it has a condition; a rejected one is empty.
    public boolean hasCondition() {
        return condition.length() > 0;
    }

    /// The condition followed by `and not` each exception, of a correlation only those; invalid exceptions are
    /// reported.
    public LocatedText conditionWithExceptions(Problems problems) {
        return Exceptions.condition(this, problems);
    }

    public ItemName item() {
        return new ItemName(kind.text(), name);
    }
}
