package dev.tiercel.rules.source;

import dev.tiercel.schemas.RawText;
import org.jspecify.annotations.Nullable;

/// A problem in a rules file, as found by a stage of the compiler.
///
/// @param message names of files and values as they are to be shown
/// @param position null: the problem has no single position
/// @param hint how to fix it; empty: unknown
/// @param unknown the name of a field or event type is unknown, which `skip-if-unknown-filter` forgives
/// @param item the item it was found in
/// @param use where a rule uses the macro that it is in; null: it is in the rule itself, or the use is not known
public record Problem(
        Code code,
        String message,
        @Nullable SourcePosition position,
        String hint,
        boolean unknown,
        ItemName item,
        @Nullable SourcePosition use) {

    public Problem {
        message = RawText.sanitised(message);
        hint = RawText.sanitised(hint);
    }

    /// A problem that is not in a macro.
    public Problem(
            Code code, String message, @Nullable SourcePosition position, String hint, boolean unknown, ItemName item) {
        this(code, message, position, hint, unknown, item, null);
    }

    /// A problem without hint or item.
    public Problem(Code code, String message, @Nullable SourcePosition position) {
        this(code, message, position, "", false, ItemName.NONE);
    }

    /// An error in a condition.
    public static Problem error(String message, SourcePosition position) {
        return error(message, position, "");
    }

    /// An error in a condition, and how to mend it.
    public static Problem error(String message, SourcePosition position, String hint) {
        return new Problem(Code.LOAD_ERR_COMPILE_CONDITION, message, position, hint, false, ItemName.NONE);
    }

    /// The name of a field or event type in a condition is unknown.
    public static Problem unknown(String message, SourcePosition position, String hint) {
        return new Problem(Code.LOAD_ERR_COMPILE_CONDITION, message, position, hint, true, ItemName.NONE);
    }

    /// The same, found in `where`.
    public Problem in(ItemName where) {
        return new Problem(code, message, position, hint, unknown, where, use);
    }

    /// The same under another code.
    public Problem as(Code other) {
        return new Problem(other, message, position, hint, unknown, item, use);
    }

    /// The same, in a macro that is used at `where`.
    public Problem usedAt(@Nullable SourcePosition where) {
        return new Problem(code, message, position, hint, unknown, item, where);
    }

    /// Whether it prevents a rule set from being built.
    public boolean isError() {
        return code.severity() == Severity.ERROR;
    }
}
