package dev.tiercel.rules.source;

/// What kind of thing in a rules file, and its name; both may be empty.
///
/// @param type `rule`, `macro`, `list`, `exception` …
public record ItemName(String type, String name) {

    /// No item: the file as a whole.
    public static final ItemName NONE = new ItemName("", "");
}
