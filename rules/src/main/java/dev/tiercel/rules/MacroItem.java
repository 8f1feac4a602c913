package dev.tiercel.rules;

/// A macro as defined and overridden so far.
final class MacroItem {

    final String name;
    final Place place;
    Text condition;
    /// Order of the first definition.
    int index;
    /// Order of the last definition or override: only what was defined before is visible.
    int visibility;

    MacroItem(String name, Place place, Text condition) {
        this.name = name;
        this.place = place;
        this.condition = condition;
    }

    Diagnostic.Item item() {
        return new Diagnostic.Item("macro", name);
    }
}
