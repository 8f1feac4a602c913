package dev.tiercel.detector;

import dev.tiercel.schemas.BadRecordException;
import java.util.List;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;

/// Judges the events of one record at a time by one rule set. Of Kafka it knows only where the record is.
///
/// Use: [#begin], then [#advance] until it is false; after each, [#raised] are the new alerts. So the alerts of a
/// large batch are never held all at once. Not thread-safe: each task has its own judge.
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

    /// What the last call of [#advance] raised, in the order of the rules; at the end of the record, with what
    /// correlations are to see of it. Valid until the next call.
    List<Judgement> raised();

    /// Time of the latest event of the record that has been judged, nanoseconds since the epoch; 0: none.
    long latest();

    /// Whether nothing is known to be missing before or in the record.
    boolean evidenceComplete();

    /// Makes the judges of one task, one for each rule set after the other; has what outlives a change of rules.
    interface Bench {
        Judge judge(LoadedRules rules);

        /// Whether every offset of its topic is a record: nobody writes there in transactions.
        default boolean offsetsAreDense() {
            return false;
        }

        /// Records at the beginning of the task's partition have expired unread.
        default void beginningLost() {}

        /// The stores of a task.
        default Set<StoreBuilder<?>> stores() {
            return Set.of();
        }

        /// The task begins, or begins again; its stores are restored.
        default void open(ProcessorContext<?, ?> task) {}

        /// A record is judged next.
        ///
        /// @param now milliseconds since the epoch
        /// @param time when the record came to Kafka, milliseconds since the epoch
        default void record(long now, long time) {}

        /// Whether events wait for what is to be known of them.
        default boolean waits() {
            return false;
        }

        /// Time of the earliest event that is still to be judged, nanoseconds since the epoch; `Long.MAX_VALUE`:
        /// there is none.
        default long heldFrom() {
            return Long.MAX_VALUE;
        }

        /// Judges events that have waited long enough, by `rules`.
        ///
        /// @param now milliseconds since the epoch
        default void judgeLate(LoadedRules rules, long now, Late late) {}
    }

    /// Takes what is raised by events that had to wait.
    @FunctionalInterface
    interface Late {
        /// An event has raised an alert, or raises it again.
        ///
        /// @param time when the event's record came to Kafka, milliseconds since the epoch
        void raised(Judgement judgement, long time);
    }
}
