package dev.tiercel.detector;

import dev.tiercel.schemas.BadRecordException;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// A step on a topic that each instance reads whole, from its beginning at each start.
///
/// Runs in the global thread, which has no downstream: a record that cannot be taken goes to `deadLetters`, at each
/// start again.
abstract class FollowTopic implements ProcessorSupplier<byte[], byte[], Void, Void> {
    private final Consumer<Unreadable> deadLetters;

    FollowTopic(Consumer<Unreadable> deadLetters) {
        this.deadLetters = deadLetters;
    }

    /// Takes a record.
    ///
    /// @throws BadRecordException if it cannot be read
    abstract void take(Record<byte[], byte[]> record, RecordMetadata at);

    /// A record could not be taken.
    ///
    /// @param reasons code and message
    void failed(Record<byte[], byte[]> record, String reasons) {}

    /// Writes the dead letter of a record.
    final void deadLetter(Record<byte[], byte[]> record, RecordMetadata at, String reason, String message) {
        deadLetters.accept(
                new Unreadable(at.topic(), at.partition(), at.offset(), record.key(), record.value(), reason, message));
    }

    @Override
    public final Processor<byte[], byte[], Void, Void> get() {
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
                take(record, at);
            } catch (BadRecordException bad) {
                reject(record, at, bad.reason().name(), String.valueOf(bad.getMessage()));
            } catch (RuntimeException unexpected) {
                reject(record, at, Unreadable.UNEXPECTED, unexpected.toString());
            }
        }

        private void reject(Record<byte[], byte[]> record, RecordMetadata at, String reason, String message) {
            failed(record, reason + ": " + message);
            deadLetter(record, at, reason, message);
        }

        private RecordMetadata metadata() {
            if (context == null) {
                throw new IllegalStateException("process before init");
            }
            return context.recordMetadata().orElseThrow();
        }
    }
}
