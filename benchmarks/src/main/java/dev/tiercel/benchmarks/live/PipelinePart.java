package dev.tiercel.benchmarks.live;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Part of `up` that a thread works for, known by how its name begins. The longest beginning decides.
enum PipelinePart {
    BROKER(
            "data-plane-kafka-",
            "kafka-1-",
            "quorum-controller-",
            "controller-",
            "broker-",
            "ExpirationReaper-",
            "raft-expiration-reaper",
            "metrics-meter-tick-thread-",
            "client-metrics-reaper",
            "share-coordinator-",
            "share-group-",
            "ShareGroup",
            "group-coordinator-",
            "persister-state-manager-reaper",
            "PersisterStateManager",
            "network-partition-metadata-client-reaper",
            "kafka-scheduler-",
            "kafka-log-cleaner-thread-",
            "LogDirFailureHandler",
            "AddPartitionsToTxnSenderThread-",
            "transaction-log-manager-",
            "TxnMarkerSenderThread-",
            "DelayedExecutor-",
            "executor-",
            "SensorExpiryThread",
            "log-closing-",
            "log-recovery-"),
    DETECTOR(
            "tiercel-detector-",
            "detector-",
            "kafka-coordinator-heartbeat-thread",
            "kafka-producer-network-thread | tiercel-detector-",
            "kafka-admin-client-thread | tiercel-detector-",
            "rocksdb:"),
    COLLECTOR(
            "collector",
            "probe-snapshot",
            "container-",
            "proc-reads-",
            "kafka-producer-network-thread | tiercel-collector-"),
    /// Registry, rule publication, the printing of alerts, health, disk space.
    REST(
            "main",
            "java",
            "HTTP-Dispatcher",
            "idle-timeout-task",
            "req-rsp-timeout-task",
            "stdout-sink",
            "topics",
            "disk-space",
            "startup-memory",
            "rule-watcher",
            "foreign-rules",
            "rule-reports",
            "FileSystemWatchService",
            "kafka-producer-network-thread | producer-",
            "kafka-producer-network-thread | tiercel-schema-registry-",
            "kafka-admin-client-thread | adminclient-",
            "process reaper",
            "ForkJoinPool",
            "HttpClient-",
            "VirtualThread-unblocker",
            "VirtualThread-unparker"),
    /// Compilation, garbage collection and what else the JVM does for itself.
    JVM(
            "C1 CompilerThread",
            "C2 CompilerThread",
            "VM Thread",
            "VM Periodic Task Thread",
            "GC Thread#",
            "G1 ",
            "ZGC",
            "XWorker",
            "Reference Handler",
            "Finalizer",
            "Signal Dispatcher",
            "Service Thread",
            "Monitor Deflation Thread",
            "Notification Thread",
            "Common-Cleaner",
            "Cleaner-",
            "JNA Cleaner",
            "Training replay thread",
            "Attach Listener",
            "Native Heap Trimmer",
            "MainWarmup"),
    /// A thread that none of these names: to be printed by its name, and to be added here.
    OTHER;

    /// Bytes of a thread's name that the kernel keeps.
    private static final int COMM = 15;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> beginnings;

    PipelinePart(String... beginnings) {
        this.beginnings = List.of(beginnings);
    }

    /// Whose thread it is.
    ///
    /// @param name in full, or its first 15 characters as the kernel has it; if those fit several parts: `OTHER`
    static PipelinePart of(String name) {
        return named().filter(part -> part.match(name) > 0)
                .max(Comparator.comparingInt(part -> part.match(name)))
                .orElseGet(() -> name.length() == COMM ? ofCut(name) : OTHER);
    }

    private static PipelinePart ofCut(String comm) {
        List<PipelinePart> possible = named().filter(
                        part -> part.beginnings.stream().anyMatch(beginning -> beginning.startsWith(comm)))
                .toList();
        return possible.size() == 1 ? possible.getFirst() : OTHER;
    }

    private static Stream<PipelinePart> named() {
        return Stream.of(values()).filter(part -> !part.beginnings.isEmpty());
    }

    private int match(String name) {
        return beginnings.stream()
                .filter(name::startsWith)
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    String title() {
        return this == JVM ? "JIT, GC" : name().toLowerCase(Locale.ROOT);
    }
}
