package dev.tiercel.rules;

/// A macro as defined and overridden so far.
final class MacroItem {

    final String name;
    final SourcePosition place;
    LocatedText condition;
    /// Order of the first definition.
    int index;
    /// Order of the last definition or override: only what was defined before is visible.
    int visibility;

    MacroItem(String name, SourcePosition place, LocatedText condition) {
        this.name = name;
        this.place = place;
        this.condition = condition;
    }

    ItemName item() {
        return new ItemName("macro", name);
    }
}
