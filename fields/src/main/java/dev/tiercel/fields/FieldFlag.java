package dev.tiercel.fields;

/// Restrictions and special properties of a field.
public enum FieldFlag {
    /// Not allowed as the right-hand side of a comparison.
    NO_RHS,
    /// No transformer takes it.
    NO_TRANSFORMER,
    /// Only in conditions.
    FILTER_ONLY,
    /// Only in outputs.
    PRINT_ONLY,
    DEPRECATED,
    /// Refers to the entry of a call, which has no events any more: using it is worth a warning.
    OF_ENTER_EVENTS,
    /// Added to outputs if suggested outputs are enabled.
    OUTPUT_SUGGESTED,
    /// The argument may be written after a dot: `evt.arg.flags` is `evt.arg[flags]`.
    DOT_ARGUMENT,
    /// Without an argument a comparison holds if it holds for any element of [Row#texts(int)] (`proc.aname = x`: any
    /// ancestor).
    ANY_WITHOUT_ARGUMENT,
    /// Client or server: a comparison holds if it holds for either, and `!=` if it holds for both
    /// ([Row#bytes(int)], [Row#texts(int)]).
    EITHER_END,
    /// A number that is printed in hexadecimal, and carried by output fields as that text.
    HEXADECIMAL,
    /// Output fields carry the number, although the text is formatted (`evt.time`).
    NUMBER_IN_OUTPUT
}
