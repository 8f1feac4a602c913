package dev.tiercel.detector;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;

/// The store that Kafka Streams requires of a global processor. It stores nothing: the processor holds what it reads.
///
/// It claims to be persistent, without a committed offset. So Streams reads the topic from the beginning at each start,
/// and keeps its process id in the state directory: after kill -9 the same transactional id fences the old transaction
/// immediately, instead of leaving it open until it times out (4.3.1: `StateDirectory.initializeProcessId`).
final class UnkeptStore implements StateStore {
    private final String name;
    private boolean open;

    private UnkeptStore(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        open = true;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    @SuppressWarnings("deprecation") // the only way until Kafka 5 makes it the default
    public boolean managesOffsets() {
        return true;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /// Builds the store, neither logged nor cached.
    ///
    /// @param name unique in the topology
    record Builder(String name) implements StoreBuilder<UnkeptStore> {
        @Override
        public UnkeptStore build() {
            return new UnkeptStore(name);
        }

        @Override
        public StoreBuilder<UnkeptStore> withCachingEnabled() {
            throw new UnsupportedOperationException("nothing is cached");
        }

        @Override
        public StoreBuilder<UnkeptStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<UnkeptStore> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("the topic of a global store is its log");
        }

        @Override
        public StoreBuilder<UnkeptStore> withLoggingDisabled() {
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }
    }
}
