package dev.tiercel.detector.correlate;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.apache.kafka.streams.state.internals.BlockBasedTableConfigWithAccessibleCache;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.IndexType;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/// One cache for all stores of this process, which also holds their indexes, filters and write buffers: the memory
/// of RocksDB has a bound, however many tasks there are.
///
/// Made by Kafka Streams, one object for each store. Thread-safe.
public final class StoreMemory implements RocksDBConfigSetter {
    /// Key among the settings of Kafka Streams: bytes, a Long.
    public static final String BYTES = "tiercel.state.memory";

    private static final long LEAST_WRITE_BUFFER = 1 << 20;
    private static @Nullable Shared shared;

    /// @param writes counts against `cache`
    private record Shared(Cache cache, WriteBufferManager writes) {}

    /// Of the first store's size: a process has one detector.
    private static synchronized Shared shared(long bytes) {
        Shared present = shared;
        if (present == null) {
            Cache cache = new LRUCache(bytes);
            present = new Shared(cache, new WriteBufferManager(bytes / 2, cache));
            shared = present;
        }
        return present;
    }

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        long bytes = (Long) configs.getOrDefault(BYTES, 64L << 20);
        Shared memory = shared(bytes);
        BlockBasedTableConfigWithAccessibleCache table =
                (BlockBasedTableConfigWithAccessibleCache) options.tableFormatConfig();
        table.setBlockCache(memory.cache());
        table.setCacheIndexAndFilterBlocks(true);
        table.setCacheIndexAndFilterBlocksWithHighPriority(true);
        partitioned(table);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(memory.writes());
        options.setWriteBufferSize(Math.max(LEAST_WRITE_BUFFER, bytes / 8));
        options.setMaxWriteBufferNumber(2);
    }

    /// Indexes and filters in pieces of a block. Those of a whole file have half a megabyte, and with more keys than
    /// the cache holds every look at a key would read some of them again.
    private static void partitioned(BlockBasedTableConfig table) {
        table.setIndexType(IndexType.kTwoLevelIndexSearch);
        table.setPartitionFilters(true);
        table.setPinTopLevelIndexAndFilter(true);
    }

    /// The cache outlives the store.
    @Override
    public void close(String storeName, Options options) {}
}
