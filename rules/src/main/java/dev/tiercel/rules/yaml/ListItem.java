package dev.tiercel.rules.yaml;

import dev.tiercel.rules.source.ItemName;
import dev.tiercel.rules.source.LocatedText;
import dev.tiercel.rules.source.SourcePosition;
import java.util.ArrayList;
import java.util.List;

/// A list as defined and overridden so far.
public final class ListItem {

    public final String name;
    public final SourcePosition position;
    public List<LocatedText> items;
    /// Order of the first definition.
    public int index;
    /// Order of the last definition or override: only earlier definitions are visible.
    public int visibility;

    ListItem(String name, SourcePosition position, List<LocatedText> items) {
        this.name = name;
        this.position = position;
        this.items = new ArrayList<>(items);
    }

    public ItemName item() {
        return new ItemName("list", name);
    }
}
