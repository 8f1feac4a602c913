package dev.tiercel.detector;

import dev.tiercel.schemas.BadRecordException;
import java.util.List;

/// Judges the events of one record at a time by one rule set. Of Kafka it knows only where the record is.
///
/// Use: [#begin], then [#advance] until it is false; after each, [#raised] are the new alerts. So the alerts of a large
/// batch are never held all at once. Not thread-safe: each task has its own judge.
interface Judge {
    /// The rules in use.
    LoadedRules rules();

    /// Begins a record.
    ///
    /// @param location of its first event
    /// @throws BadRecordException if it is none of this judge's kind
    /// @throws dev.tiercel.schemas.RegistryException if the registry is unavailable
    void begin(byte[] value, EventLocation location);

    /// Judges events until one raises alerts or the record ends. Alerts raised before a failure count.
    ///
    /// @return false: the record has ended
    /// @throws BadRecordException if the record cannot be read further, or raises too many alerts
    boolean advance();

    /// What the last call of [#advance] raised, in the order of the rules; valid until the next call.
    List<Detection> raised();

    /// Makes the judges of one task, one for each rule set after the other; has what outlives a change of rules.
    interface Bench {
        Judge judge(LoadedRules rules);

        /// Whether every offset of its topic is a record: nobody writes there in transactions.
        default boolean offsetsAreDense() {
            return false;
        }

        /// Records at the beginning of the task's partition have expired unread.
        default void beginningLost() {}
    }
}
