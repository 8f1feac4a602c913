package dev.tiercel.rules;

import java.util.ArrayList;
import java.util.List;

/// A list as defined and overridden so far.
final class ListItem {

    final String name;
    final SourcePosition place;
    List<LocatedText> items;
    /// Order of the first definition.
    int index;
    /// Order of the last definition or override: only what was defined before is visible.
    int visibility;

    ListItem(String name, SourcePosition place, List<LocatedText> items) {
        this.name = name;
        this.place = place;
        this.items = new ArrayList<>(items);
    }

    ItemName item() {
        return new ItemName("list", name);
    }
}
