package dev.tiercel.fields;

/// Whether a field takes an argument (`proc.aname[2]`, `proc.env[HOME]`, `evt.arg.flags`), and of which form.
public enum FieldArgument {
    NONE,
    OPTIONAL_INDEX,
    OPTIONAL_KEY,
    /// A number or a name.
    OPTIONAL_ANY,
    REQUIRED_INDEX,
    REQUIRED_KEY,
    /// A number or a name.
    REQUIRED_ANY;

    /// Whether the field is meaningless without an argument.
    public boolean required() {
        return this == REQUIRED_INDEX || this == REQUIRED_KEY || this == REQUIRED_ANY;
    }

    /// Whether a whole number is a valid argument.
    public boolean takesIndex() {
        return this != NONE && this != OPTIONAL_KEY && this != REQUIRED_KEY;
    }

    /// Whether a name is a valid argument.
    public boolean takesKey() {
        return this != NONE && this != OPTIONAL_INDEX && this != REQUIRED_INDEX;
    }
}
