package dev.tiercel.cli.memory;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import javax.management.NotificationEmitter;

/// The part of the heap that the serial collector collects only once it has grown to the heap's limit: long before, if
/// most of it is garbage.
public final class OldGeneration {
    private static final String SERIAL = "Tenured Gen";

    private OldGeneration() {}

    /// From now on, collects it each time it grows beyond `bytes`; not again while more than that is alive. Does
    /// nothing with another collector.
    public static void collectBeyond(long bytes) {
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals(SERIAL)) collectBeyond(bytes, pool);
        }
    }

    @SuppressWarnings("ExplicitGC") // nothing else collects it in time
    private static void collectBeyond(long bytes, MemoryPoolMXBean pool) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        ((NotificationEmitter) memory)
                .addNotificationListener(
                        (notification, _) -> System.gc(),
                        notification -> notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED),
                        null);
        pool.setUsageThreshold(Math.min(bytes, pool.getUsage().getMax()));
    }
}
