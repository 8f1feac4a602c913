package dev.tiercel.enricher.source;

import dev.tiercel.service.Health;
import dev.tiercel.service.PlainText;
import dev.tiercel.service.Worker;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A source that asks its origin again and again, on a thread of its own; after a failure it asks again a little later.
/// Thread-safe.
public final class PolledSource implements Source {
    private static final Logger LOG = LoggerFactory.getLogger(PolledSource.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(8);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    private final String name;
    private final String eventSource;
    private final Publisher publisher;
    private final Poll poll;
    private final Worker worker;
    private @Nullable CompletableFuture<Receipt> last;
    private volatile @Nullable String trouble;

    /// How an origin is asked; one thread at a time.
    public interface Poll extends AutoCloseable {
        /// Takes note of what was read before; called once, first.
        void resume(Progress progress);

        /// Asks once, and hands over what is there.
        ///
        /// @return how long to wait before asking again
        /// @throws OriginException if the origin does not answer: to be asked again later
        Duration ask(Handover handover) throws OriginException, InterruptedException;

        /// The current state of what [#ask] needs, beside its origin.
        default Health check() {
            return Health.ok();
        }

        @Override
        void close();
    }

    /// Takes what a poll has read.
    @FunctionalInterface
    public interface Handover {
        /// Waits while the queue is full.
        CompletableFuture<Receipt> publish(Delivery delivery) throws InterruptedException;
    }

    /// @param name names the source in logs, metrics and progress
    public PolledSource(String name, String eventSource, Publisher publisher, Poll poll) {
        this.name = name;
        this.eventSource = eventSource;
        this.publisher = publisher;
        this.poll = poll;
        worker = new Worker("enricher-" + eventSource + "-poll", CLOSE_LIMIT);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String eventSource() {
        return eventSource;
    }

    @Override
    public void onFailure(Consumer<Throwable> listener) {
        worker.onFailure(listener);
    }

    @Override
    public void start() {
        worker.start(this::work);
    }

    private void work() throws InterruptedException {
        poll.resume(publisher.progress());
        Duration retry = FIRST_RETRY;
        while (!worker.closing()) {
            try {
                Duration wait = poll.ask(this::publish);
                trouble = null;
                retry = FIRST_RETRY;
                pause(wait);
            } catch (OriginException failure) {
                if (worker.closing()) throw new InterruptedException();
                report(Objects.requireNonNullElse(failure.getMessage(), failure.toString()));
                pause(retry);
                retry = retry.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : retry.multipliedBy(2);
            }
        }
    }

    private static void pause(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    private CompletableFuture<Receipt> publish(Delivery delivery) throws InterruptedException {
        if (worker.closing()) throw new InterruptedException();
        if (last != null && last.isCompletedExceptionally()) last.join();
        CompletableFuture<Receipt> receipt = publisher.publish(delivery);
        last = receipt;
        return receipt;
    }

    private void report(String failure) {
        if (!failure.equals(trouble)) LOG.warn("{}: {}; trying again", name, PlainText.line(failure));
        trouble = failure;
    }

    @Override
    public Health check() {
        String current = trouble;
        Health health = worker.check().and(poll.check());
        return current == null ? health : health.and(Health.failing(name + ": " + current));
    }

    @Override
    public void close() {
        worker.close();
        poll.close();
    }
}
