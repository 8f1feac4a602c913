package dev.tiercel.detector.correlate;

import dev.tiercel.correlation.state.StateStore;
import java.util.Set;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.query.KeyQuery;
import org.apache.kafka.streams.query.Query;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/// What the task of a partition has committed, read by an interactive query: no thread of Kafka Streams waits for it.
///
/// Each call is a query of its own: between two the task may have committed more. Read-only; any thread may use it.
record CommittedStore(KafkaStreams streams, int partition) implements StateStore {
    /// The task is being moved, or restored.
    static final class NotHereException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotHereException(String message) {
            super(message);
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return ask(KeyQuery.<Bytes, byte[]>withKey(Bytes.wrap(key)));
    }

    @Override
    public void put(byte[] key, byte @Nullable [] value) {
        throw new UnsupportedOperationException("who looks writes nothing");
    }

    @Override
    public void range(byte[] from, byte[] to, Visitor visitor) {
        RangeQuery<Bytes, byte[]> query = RangeQuery.withRange(Bytes.wrap(from), Bytes.wrap(to));
        try (KeyValueIterator<Bytes, byte[]> entries = ask(query)) {
            if (entries != null) StreamsStore.visit(entries, to, visitor);
        }
    }

    private <R> @Nullable R ask(Query<R> query) {
        StateQueryRequest<R> request = StateQueryRequest.inStore(Correlate.STORE)
                .withQuery(query)
                .withPartitions(Set.of(partition))
                .withIsolationLevel(IsolationLevel.READ_COMMITTED)
                .requireActive();
        QueryResult<R> result = streams.query(request).getPartitionResults().get(partition);
        if (result == null) throw new NotHereException("partition " + partition + " is not here");
        if (result.isFailure()) throw new NotHereException(result.getFailureMessage());
        return result.getResult();
    }
}
