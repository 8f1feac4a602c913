package dev.tiercel.rules;

import dev.tiercel.fields.FieldCatalog;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// A rule as defined and overridden so far.
final class RuleItem {

    final String name;
    final SourcePosition place;
    LocatedText condition;
    LocatedText output;
    String description;
    Priority priority;
    String source = FieldCatalog.SYSCALL;
    TreeSet<String> tags = new TreeSet<>();
    List<ExceptionItem> exceptions = new ArrayList<>();
    boolean enabled = true;
    boolean warnEventTypes = true;
    boolean skipIfUnknownFilter;
    boolean capture;
    long captureMillis;
    /// Nobody can evaluate it: its source is unknown.
    boolean unknownSource;
    /// Something in it was refused and reported; what stands in for that is not to be reported again.
    boolean refused;
    /// Where overrides of it stand.
    final List<SourcePosition> changes = new ArrayList<>();

    RuleItem(String name, SourcePosition place, LocatedText condition, LocatedText output, String description, Priority priority) {
        this.name = name;
        this.place = place;
        this.condition = condition;
        this.output = output;
        this.description = description;
        this.priority = priority;
    }

    /// Whether it has a condition: one that was refused is empty.
    boolean hasCondition() {
        return condition.length() > 0;
    }

    ItemName item() {
        return new ItemName("rule", name);
    }
}
