package dev.tiercel.detector.correlate;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/// The store of correlations of one task: RocksDB with a changelog, and a say before each commit.
///
/// Kafka Streams flushes the caches of stores before it commits offsets (`ProcessorStateManager.flushCache`, 4.4.0);
/// what is written then is part of the same transaction. So decoded states are written once a commit, not at every
/// match.
public final class CorrelationStore extends WrappedStateStore<KeyValueStore<Bytes, byte[]>, Bytes, byte[]> {
    private Runnable beforeCommit = CorrelationStore::nothing;

    private CorrelationStore(KeyValueStore<Bytes, byte[]> values) {
        super(values);
    }

    /// Sets what is to be done before each commit, by the thread of the task; replaces what was set before.
    public void beforeCommit(Runnable action) {
        beforeCommit = action;
    }

    /// Ends what [#beforeCommit] began: the task is closed.
    public void release() {
        beforeCommit = CorrelationStore::nothing;
    }

    private static void nothing() {}

    @Override
    public void flushCache() {
        beforeCommit.run();
        super.flushCache();
    }

    /// Builds the store.
    ///
    /// @param name unique in the topology; the changelog is called after it
    public record Builder(String name) implements StoreBuilder<CorrelationStore> {
        @Override
        public CorrelationStore build() {
            return new CorrelationStore(values().build());
        }

        private StoreBuilder<KeyValueStore<Bytes, byte[]>> values() {
            return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                    .withCachingDisabled()
                    .withLoggingEnabled(Map.of());
        }

        @Override
        public StoreBuilder<CorrelationStore> withCachingEnabled() {
            throw new UnsupportedOperationException("states are cached decoded");
        }

        @Override
        public StoreBuilder<CorrelationStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<CorrelationStore> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<CorrelationStore> withLoggingDisabled() {
            throw new UnsupportedOperationException("without a changelog another instance could not take over");
        }

        @Override
        public Map<String, String> logConfig() {
            return values().logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return true;
        }
    }
}
