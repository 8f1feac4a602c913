package dev.tiercel.cli.up;

import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Waits, on close, until the detector has judged every published event, up to a limit.
///
/// It is closed after the collector and before the detector, so a stop still prints the alerts of what happened just
/// before it. What is not judged by then is judged at the next start.
final class DetectorDrain implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(DetectorDrain.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);

    private final Map<String, String> kafka;
    private final String group;
    private final Duration limit;

    /// @param group consumer group of the detector
    /// @param limit maximum wait
    DetectorDrain(Map<String, String> kafka, String group, Duration limit) {
        this.kafka = Map.copyOf(kafka);
        this.group = group;
        this.limit = limit;
    }

    @Override
    public String name() {
        return "detector-drain";
    }

    @Override
    public void start() {}

    @Override
    public Health check() {
        return Health.ok();
    }

    @Override
    public void close() {
        long deadline = System.nanoTime() + limit.toNanos();
        try (Admin admin = Admin.create(Map.copyOf(kafka))) {
            while (behind(admin) > 0) {
                if (System.nanoTime() > deadline) {
                    LOG.warn("stopping before every event is judged; the rest is judged at the next start");
                    return;
                }
                LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            }
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            LOG.warn("cannot determine whether the detector has caught up: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Number of published records that the detector has not committed yet.
    private long behind(Admin admin)
            throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> done = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                admin.listOffsets(partitions()).all().get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        return ends.entrySet().stream()
                .mapToLong(end -> end.getValue().offset() - committed(done, end.getKey()))
                .filter(left -> left > 0)
                .sum();
    }

    private static long committed(Map<TopicPartition, OffsetAndMetadata> done, TopicPartition partition) {
        OffsetAndMetadata offset = done.get(partition);
        return offset == null ? 0 : offset.offset();
    }

    private static Map<TopicPartition, OffsetSpec> partitions() {
        return IntStream.range(0, Topics.EVENTS_SYSCALL.partitions())
                .mapToObj(partition -> new TopicPartition(Topics.EVENTS_SYSCALL.name(), partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
    }
}
