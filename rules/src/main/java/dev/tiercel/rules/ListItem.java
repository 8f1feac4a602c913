package dev.tiercel.rules;

import java.util.ArrayList;
import java.util.List;

/// A list as defined and overridden so far.
final class ListItem {

    final String name;
    final Place place;
    List<Text> items;
    /// Order of the first definition.
    int index;
    /// Order of the last definition or override: only what was defined before is visible.
    int visibility;

    ListItem(String name, Place place, List<Text> items) {
        this.name = name;
        this.place = place;
        this.items = new ArrayList<>(items);
    }

    Diagnostic.Item item() {
        return new Diagnostic.Item("list", name);
    }
}
