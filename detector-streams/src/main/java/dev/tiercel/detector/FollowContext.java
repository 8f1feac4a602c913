package dev.tiercel.detector;

import dev.tiercel.schemas.BadRecordException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Step on a topic of context, `context.feeds`, `context.kubernetes` or `context.nodes`: hands on what is known
/// under each key.
///
/// Input: key UTF-8 name, value `T` or a tombstone. Runs in the global thread, which has no downstream: unreadable
/// records go to `deadLetters`, at each start again, and what was known before stays.
final class FollowContext<T> implements ProcessorSupplier<byte[], byte[], Void, Void> {
    private final Deserializer<T> deserializer;
    private final Listener<T> listener;
    private final Consumer<Unreadable> deadLetters;

    /// Is told of each record.
    @FunctionalInterface
    interface Listener<T> {
        /// What is known now.
        ///
        /// @param value null: nothing is known any more
        void known(String name, @Nullable T value);
    }

    FollowContext(Deserializer<T> deserializer, Listener<T> listener, Consumer<Unreadable> deadLetters) {
        this.deserializer = deserializer;
        this.listener = listener;
        this.deadLetters = deadLetters;
    }

    @Override
    public Processor<byte[], byte[], Void, Void> get() {
        return new Following();
    }

    private final class Following implements Processor<byte[], byte[], Void, Void> {
        private @Nullable ProcessorContext<Void, Void> context;

        @Override
        public void init(ProcessorContext<Void, Void> given) {
            context = given;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            RecordMetadata at = metadata();
            try {
                if (record.key() == null) {
                    throw new BadRecordException(BadRecordException.Reason.MISSING, "no key where a name is required");
                }
                T value = deserializer.deserialize(at.topic(), record.value());
                listener.known(new String(record.key(), StandardCharsets.UTF_8), value);
            } catch (BadRecordException bad) {
                reject(record, at, bad.reason().name(), String.valueOf(bad.getMessage()));
            } catch (RuntimeException unexpected) {
                reject(record, at, Unreadable.UNEXPECTED, unexpected.toString());
            }
        }

        private void reject(Record<byte[], byte[]> record, RecordMetadata at, String reason, String message) {
            deadLetters.accept(new Unreadable(
                    at.topic(), at.partition(), at.offset(), record.key(), record.value(), reason, message));
        }

        private RecordMetadata metadata() {
            if (context == null) {
                throw new IllegalStateException("process before init");
            }
            return context.recordMetadata().orElseThrow();
        }
    }
}
