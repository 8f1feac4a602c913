package dev.tiercel.detector;

import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.avro.IndicatorFeed;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// Step on topic `context.feeds`: gives each list of indicators to [ActiveRules].
///
/// Input: key UTF-8 name of the list, value IndicatorFeed or a tombstone. Runs in the global thread, which has no
/// downstream: unreadable records go to `deadLetters`, at each start again, and the list before stays in force.
final class FollowFeeds implements ProcessorSupplier<byte[], byte[], Void, Void> {
    private final ActiveRules rules;
    private final Deserializer<IndicatorFeed> deserializer;
    private final Consumer<Unreadable> deadLetters;

    FollowFeeds(ActiveRules rules, Deserializer<IndicatorFeed> deserializer, Consumer<Unreadable> deadLetters) {
        this.rules = rules;
        this.deserializer = deserializer;
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
                IndicatorFeed feed = deserializer.deserialize(at.topic(), record.value());
                rules.feed(new String(record.key(), StandardCharsets.UTF_8), feed == null ? null : feed.getItems());
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
