package dev.tiercel.detector;

import dev.tiercel.schemas.BadRecordException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Step on a topic of context, `context.execs`, `context.feeds`, `context.kubernetes` or `context.nodes`: hands on
/// what is known under each key.
///
/// Input: key UTF-8 name, value `T` or a tombstone. Runs in the global thread, which has no downstream: unreadable
/// records go to `deadLetters`, at each start again, and what was known before stays.
final class FollowContext<T> extends FollowTopic {
    private final Deserializer<T> deserializer;
    private final Listener<T> listener;

    /// Is told of each record.
    @FunctionalInterface
    interface Listener<T> {
        /// What is known now.
        ///
        /// @param value null: nothing is known any more
        void known(String name, @Nullable T value);
    }

    FollowContext(Deserializer<T> deserializer, Listener<T> listener, Consumer<Unreadable> deadLetters) {
        super(deadLetters);
        this.deserializer = deserializer;
        this.listener = listener;
    }

    @Override
    void take(Record<byte[], byte[]> record, RecordMetadata at) {
        if (record.key() == null) {
            throw new BadRecordException(BadRecordException.Reason.MISSING, "no key where a name is required");
        }
        T value = deserializer.deserialize(at.topic(), record.value());
        listener.known(new String(record.key(), StandardCharsets.UTF_8), value);
    }
}
