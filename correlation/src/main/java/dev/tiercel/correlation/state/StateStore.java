package dev.tiercel.correlation.state;

import org.jspecify.annotations.Nullable;

/// An ordered map of bytes that the state of correlations is kept in. Neither keys nor values are changed once
/// given. One thread uses it.
public interface StateStore {
    /// The value of `key`; null: none.
    byte @Nullable [] get(byte[] key);

    /// Sets the value of `key`; null removes it.
    void put(byte[] key, byte @Nullable [] value);

    /// Shows the entries from `from` to before `to` in the order of their keys' unsigned bytes, until the visitor
    /// has seen enough. The visitor does not change the store.
    void range(byte[] from, byte[] to, Visitor visitor);

    /// Sees entries in order.
    @FunctionalInterface
    interface Visitor {
        /// Returns whether to go on.
        boolean visit(byte[] key, byte[] value);
    }
}
