package dev.tiercel.enricher.source;

import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.Metrics;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Writes deliveries to Kafka: events to their topics, what is no event to `dead-letters`, progress to
/// `sources.progress`, in transactions.
///
/// Deliveries that wait together share a transaction, in the order in which they came; a receipt is complete once it
/// is committed. While Kafka is away it goes on trying, and [#offer] refuses as soon as the queue is full. After a
/// `kill -9` the next process with the same name knows what was committed: the progress of its sources, and the ids
/// of the last events. Thread-safe.
public final class Publisher implements Component {
    private static final int PERMIT_BYTES = 1024;
    private static final int GROUP_PERMITS = 4096;
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final long RETRY_MILLIS = 500;

    private final int permits;
    private final Semaphore room;
    private final LinkedBlockingQueue<Group.Pending> waiting = new LinkedBlockingQueue<>();
    private final Worker worker = new Worker("enricher-publish", CLOSE_LIMIT);
    private final Transactions transactions;
    private final LongAdder published = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();
    private volatile @Nullable String trouble;
    private volatile @Nullable Progress progress;
    private volatile boolean ended;

    /// @param kafka settings of Kafka's clients
    public Publisher(PublisherConfig config, Map<String, String> kafka, SchemaRegistry registry, Metrics metrics) {
        permits = (int) (config.queueBytes() / PERMIT_BYTES);
        room = new Semaphore(permits);
        transactions = new Transactions(config, kafka, registry);
        metrics.counterOf("enricher.events", "Events published.", published::sum);
        metrics.counterOf("enricher.duplicates", "Events that had been published before.", duplicates::sum);
        metrics.counterOf("enricher.dead.letters", "Pieces that are no events, or too long.", deadLetters::sum);
        metrics.gauge(
                "enricher.queue.bytes",
                "Documents that wait for Kafka.",
                () -> (double) (permits - room.availablePermits()) * PERMIT_BYTES);
    }

    @Override
    public String name() {
        return "publisher";
    }

    @Override
    public void onFailure(Consumer<Throwable> listener) {
        worker.onFailure(listener);
    }

    /// Opens the producer, which ends what an earlier process with the same name left open, and reads the progress.
    @Override
    public void start() {
        progress = transactions.open();
        worker.start(this::work);
    }

    /// How far sources had read when this publisher started.
    public Progress progress() {
        Progress read = progress;
        if (read == null) throw new IllegalStateException("the publisher is not started");
        return read;
    }

    /// Queues a delivery, if there is room for it.
    ///
    /// @return completed once Kafka has it; empty: the queue is full, the sender has to come again
    public Optional<CompletableFuture<Receipt>> offer(Delivery delivery) {
        int needed = permitsFor(delivery);
        return room.tryAcquire(needed) ? Optional.of(queue(delivery, needed)) : Optional.empty();
    }

    /// Queues a delivery; waits for room.
    ///
    /// @return completed once Kafka has it
    public CompletableFuture<Receipt> publish(Delivery delivery) throws InterruptedException {
        int needed = permitsFor(delivery);
        room.acquire(needed);
        return queue(delivery, needed);
    }

    /// One that is larger than the queue needs all of it.
    private int permitsFor(Delivery delivery) {
        return Math.clamp(delivery.bytes() / PERMIT_BYTES + 1, 1, permits);
    }

    private CompletableFuture<Receipt> queue(Delivery delivery, int needed) {
        CompletableFuture<Receipt> receipt = new CompletableFuture<>();
        waiting.add(new Group.Pending(delivery, receipt, needed));
        if (ended || worker.closing()) receipt.completeExceptionally(stopping());
        return receipt;
    }

    private void work() throws InterruptedException {
        try {
            while (!worker.closing()) {
                Group group = next();
                write(group);
                room.release(group.permits());
            }
        } finally {
            end();
        }
    }

    /// Nobody waits for a publisher that writes no more.
    private void end() {
        ended = true;
        waiting.forEach(left -> left.receipt().completeExceptionally(stopping()));
        room.release(permits);
    }

    private static IllegalStateException stopping() {
        return new IllegalStateException("the enricher is stopping");
    }

    private Group next() throws InterruptedException {
        List<Group.Pending> members = new ArrayList<>();
        Group.Pending first = waiting.take();
        members.add(first);
        int size = first.permits();
        for (Group.Pending more = waiting.peek(); more != null && size < GROUP_PERMITS; more = waiting.peek()) {
            members.add(waiting.remove());
            size += more.permits();
        }
        return new Group(members);
    }

    private void write(Group group) throws InterruptedException {
        while (true) {
            try {
                transactions.write(group);
                count(group.committed());
                trouble = null;
                return;
            } catch (KafkaException | RegistryException failure) {
                trouble = PlainCause.of(failure);
                pause(group);
            } catch (RuntimeException fatal) {
                group.failed(fatal);
                throw fatal;
            }
        }
    }

    private static void pause(Group group) throws InterruptedException {
        try {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
        } catch (InterruptedException end) {
            group.failed(stopping());
            throw end;
        }
    }

    private void count(Receipt all) {
        published.add(all.published());
        duplicates.add(all.duplicates());
        deadLetters.add(all.deadLetters());
    }

    @Override
    public Health check() {
        String current = trouble;
        Health health = worker.check();
        return current == null ? health : health.and(Health.failing("Kafka does not take events: " + current));
    }

    @Override
    public void close() {
        worker.close();
        transactions.close();
    }
}
