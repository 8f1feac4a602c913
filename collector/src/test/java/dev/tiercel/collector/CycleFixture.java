package dev.tiercel.collector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.service.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;

/// A collector's cycle over encoded records, with a clock that the test advances.
final class CycleFixture implements AutoCloseable {
    static final int BASH = 100;
    static final long BASH_START = 1_000_000_000L;
    static final int SCHEMA_ID = 7;

    private static final String BASH_TEXT = """
            process pid=1 tid=1 start=1 cgroupId=10 comm=systemd vpid=1 loginuid=0xffffffff exe=/sbin/init argv=/sbin/init|
            process pid=100 tid=100 start=1000000000 cgroupId=20 comm=bash ppid=1 parentStart=1 vpid=100 pgid=100 \
            vpgid=100 sid=100 vsid=100 nsPid=0xeffffffc nsUser=0xeffffffd exe=/usr/bin/bash cwd=/root cgroup=/user.slice argv=-bash|
            """;

    final EncodedSource source = new EncodedSource();
    final CapturingPublisher publisher = new CapturingPublisher();
    final CollectorCycle cycle;
    private long clockNanos = 1;

    CycleFixture(Path etc) {
        this(etc, Map.of());
    }

    CycleFixture(Path etc, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "collector.etc",
                etc.toString(),
                "collector.proc",
                etc.resolve("no-proc").toString(),
                "collector.container.engines",
                "",
                "collector.heartbeat",
                "1h"));
        all.putAll(settings);
        CollectorConfig config = CollectorConfig.from(Settings.of(all));
        cycle = new CollectorCycle(
                config,
                source,
                publisher,
                new CollectorCycle.Encoding(SCHEMA_ID, report -> new byte[0]),
                () -> clockNanos);
    }

    /// Adds the start-up snapshot: systemd, and a bash of root.
    CycleFixture withBash() {
        RecordText.parse(BASH_TEXT).forEach(source::add);
        return this;
    }

    /// Runs the cycle until it is idle, and once more after every wait is over.
    CycleFixture run() {
        while (cycle.doWork() > 0) {
            clockNanos += 1_000;
        }
        advanceMillis(10_000); // longer than a batch waits for its containers
        cycle.doWork();
        return this;
    }

    void advanceMillis(long millis) {
        clockNanos += millis * 1_000_000;
    }

    String dump() {
        return publisher.batches.stream()
                .map(batch -> BatchDump.print(batch.value()))
                .collect(Collectors.joining("\n"));
    }

    List<GenericRecord> events() {
        return publisher.batches.stream()
                .flatMap(batch -> BatchDump.records(BatchDump.decode(batch.value()), "events").stream())
                .toList();
    }

    /// Asserts that the counts add up.
    void assertCountsAddUp() {
        CollectorCounts counts = cycle.counts();
        assertThat(counts.drained())
                .as("%s", counts)
                .isEqualTo(counts.published()
                        + counts.pending()
                        + counts.stateOnly()
                        + counts.ignoredTotal()
                        + counts.droppedTotal());
    }

    @Override
    public void close() {
        assertCountsAddUp();
        cycle.close();
    }
}
