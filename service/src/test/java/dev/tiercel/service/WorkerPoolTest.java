package dev.tiercel.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class WorkerPoolTest {
    static List<WorkerPool> pools() {
        return List.of(WorkerPool.of("few", 1, 10), WorkerPool.perTask("many"));
    }

    @ParameterizedTest
    @MethodSource("pools")
    void aTaskThatThrowsIsSeenUntilALaterOneEndsWell(WorkerPool pool) {
        try (pool) {
            pool.execute(() -> {
                throw new LinkageError("broken");
            });
            awaitHealth(pool, false);
            assertThat(pool.check().detail()).contains("1 tasks failed", "broken");

            pool.execute(() -> {});
            awaitHealth(pool, true);
        }
    }

    @ParameterizedTest
    @MethodSource("pools")
    void runsLaterWhatIsToRunLater(WorkerPool pool) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        try (pool) {
            pool.execute(done::countDown, Duration.ofMillis(1));
            done.await();
        }
    }

    @Test
    void dropsWhatDoesNotFit() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger run = new AtomicInteger();
        try (WorkerPool pool = WorkerPool.of("few", 1, 1)) {
            pool.execute(() -> {
                begun.countDown();
                await(release);
            });
            begun.await();
            CountDownLatch last = new CountDownLatch(1);
            pool.execute(() -> {
                run.incrementAndGet();
                last.countDown();
            });
            pool.execute(run::incrementAndGet);
            release.countDown();
            last.await();
            assertThat(run).hasValue(1);
        }
    }

    @Test
    void closedItInterruptsWhatRunsAndDropsWhatComes() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        WorkerPool pool = WorkerPool.of("few", 1, 1);
        pool.execute(() -> {
            begun.countDown();
            await(new CountDownLatch(1));
            interrupted.countDown();
        });
        begun.await();

        pool.close();
        pool.execute(interrupted::countDown);
        pool.close();

        interrupted.await();
    }

    @Test
    void aServersTasksMayEnd() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        AtomicInteger ended = new AtomicInteger();
        WorkerPool pool = WorkerPool.perTask("many");
        pool.execute(() -> {
            begun.countDown();
            LockSupport.parkNanos(20_000_000); // ends at once if interrupted
            ended.addAndGet(Thread.currentThread().isInterrupted() ? 0 : 1);
        });
        begun.await();

        pool.close();

        assertThat(ended).hasValue(1);
    }

    private static void awaitHealth(WorkerPool pool, boolean healthy) {
        while (pool.check().healthy() != healthy) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
