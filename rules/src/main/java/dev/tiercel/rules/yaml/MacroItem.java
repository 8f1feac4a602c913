package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.SourcePosition;

/// A macro as defined and overridden so far.
public final class MacroItem {

    public final String name;
    public final SourcePosition position;
    public LocatedText condition;
    /// Order of the first definition.
    public int index;
    /// Order of the last definition or override: only earlier definitions are visible.
    public int visibility;

    MacroItem(String name, SourcePosition position, LocatedText condition) {
        this.name = name;
        this.position = position;
        this.condition = condition;
    }

    public ItemName item() {
        return new ItemName("macro", name);
    }
}
