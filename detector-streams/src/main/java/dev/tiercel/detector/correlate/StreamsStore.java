package dev.tiercel.detector.correlate;

import dev.tiercel.correlation.state.StateStore;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// A store of Kafka Streams as the engine sees it. Used by the thread of its task.
///
/// @param written counts bytes
public record StreamsStore(KeyValueStore<Bytes, byte[]> values, LongAdder written) implements StateStore {
    @Override
    public byte @Nullable [] get(byte[] key) {
        return values.get(Bytes.wrap(key));
    }

    @Override
    public void put(byte[] key, byte @Nullable [] value) {
        values.put(Bytes.wrap(key), value);
        written.add(key.length + (value == null ? 0 : value.length));
    }

    /// The upper end of a range is part of it in Kafka Streams.
    @Override
    public void range(byte[] from, byte[] to, Visitor visitor) {
        try (KeyValueIterator<Bytes, byte[]> entries = values.range(Bytes.wrap(from), Bytes.wrap(to))) {
            visit(entries, to, visitor);
        }
    }

    /// Shows `visitor` the entries before `to`.
    static void visit(KeyValueIterator<Bytes, byte[]> entries, byte[] to, Visitor visitor) {
        boolean more = true;
        while (more && entries.hasNext()) {
            KeyValue<Bytes, byte[]> entry = entries.next();
            byte[] key = entry.key.get();
            more = Arrays.compareUnsigned(key, to) < 0 && visitor.visit(key, entry.value);
        }
    }
}
