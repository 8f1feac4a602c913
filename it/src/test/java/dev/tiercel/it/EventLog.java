package dev.tiercel.it;

import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.ContainerView;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.ProcessView;
import dev.tiercel.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Topic `events.syscall` from its beginning to its end at the time of the call.
final class EventLog implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;

    /// The current event of a cursor.
    record Event(BatchCursor cursor) {
        boolean openedByProgram(String path, String program) {
            return switch (cursor.descriptorKind()) {
                case FILE ->
                    cursor.descriptor().path().equals(path)
                            && cursor.process(cursor.process()).name().equals(program);
                default -> false;
            };
        }

        /// A program started in a container: its process and the container's properties; empty for any other event.
        Optional<String> startedInContainer() {
            EventType type = EventType.ofNumber(cursor.type()).orElse(null);
            ProcessView process = cursor.process(cursor.process());
            if (process.container() < 0 || (type != EventType.EXECVE && type != EventType.EXECVEAT)) {
                return Optional.empty();
            }
            ContainerView container = cursor.container(process.container());
            return Optional.of("%s vpid=%d container=%s name=%s image=%s mounts=%s"
                    .formatted(
                            process.commandLine(),
                            process.vpid(),
                            container.id(),
                            container.name(),
                            container.image(),
                            container.mounts()));
        }
    }

    /// @param client settings of a Kafka client: address and security
    EventLog(Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put("fetch.max.bytes", 64 << 20);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /// Counts the matching events.
    long count(Predicate<Event> fits) {
        AtomicLong count = new AtomicLong();
        forEach(event -> count.addAndGet(fits.test(event) ? 1 : 0));
        return count.get();
    }

    /// Every program started in a container, as text.
    List<String> startedInContainers() {
        List<String> started = new ArrayList<>();
        forEach(event -> event.startedInContainer().ifPresent(started::add));
        return started;
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void forEach(Consumer<Event> action) {
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS_SYSCALL.name()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream()
                .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
            for (ConsumerRecord<byte[], byte[]> batch : consumer.poll(Duration.ofMillis(100))) {
                BatchCursor cursor = new BatchCursor().wrap(batch.value());
                while (cursor.next()) {
                    action.accept(new Event(cursor));
                }
            }
        }
    }
}
