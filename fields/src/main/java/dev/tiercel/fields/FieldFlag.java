package dev.tiercel.fields;

/// Restrictions and peculiarities of a field.
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
    /// Told of the moment a call was entered, for which there are no events any more: naming it is worth a warning.
    OF_ENTER_EVENTS,
    /// Added to outputs when the suggested output is asked for.
    OUTPUT_SUGGESTED,
    /// The argument may be written after a dot: `evt.arg.flags` is `evt.arg[flags]`.
    DOT_ARGUMENT,
    /// Without an argument a comparison holds if it holds for any element of [Row#texts(int)] (`proc.aname = x`: any
    /// ancestor).
    ANY_WITHOUT_ARGUMENT,
    /// Of client and server: a comparison holds if it holds for either, and `!=` if it holds for both
    /// ([Row#bytes(int)], [Row#texts(int)]).
    EITHER_END,
    /// In output fields the value is the number, though the text is formatted (`evt.time`).
    NUMBER_IN_OUTPUT
}
