package dev.tiercel.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
final class WorkerTest {
    private final Worker worker = new Worker("test-worker", Duration.ofSeconds(30));
    private final BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    WorkerTest() {
        worker.onFailure(told::add);
    }

    @AfterEach
    void end() {
        release.countDown();
        worker.close();
    }

    @Test
    void isHealthyWhileItRunsAndOnceItIsClosed() throws InterruptedException {
        assertThat(worker.check()).isEqualTo(Health.failing("not started"));
        worker.start(this::untilInterrupted);
        begun.await();
        assertThat(worker.check()).isEqualTo(Health.ok());

        worker.close();

        assertThat(worker.running()).isFalse();
        assertThat(worker.check()).isEqualTo(Health.ok("stopped"));
        assertThat(told).isEmpty();
    }

    static List<Throwable> failures() {
        return List.of(
                new IllegalStateException("broken"),
                new LinkageError("broken"),
                new IOException("broken"),
                new InterruptedException("broken"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whatTheBodyThrowsIsItsFailureForGood(Throwable failure) throws InterruptedException {
        worker.start(() -> raise(failure));

        assertThat(told.take()).isSameAs(failure);
        assertThat(worker.check()).isEqualTo(Health.failing("thread test-worker stopped: " + failure));
        worker.close();
        assertThat(worker.check().healthy()).isFalse();
    }

    @Test
    void aThreadThatEndsThoughNobodyAskedItToHasFailed() throws InterruptedException {
        worker.start(() -> {});

        assertThat(told.take()).hasMessageContaining("ended");
        assertThat(worker.check().healthy()).isFalse();
    }

    @Test
    void aBodyMayEndOnPurpose() {
        worker.start(worker::close);
        awaitEnd();

        assertThat(worker.check()).isEqualTo(Health.ok("stopped"));
        assertThat(told).isEmpty();
    }

    @Test
    void aFailureAfterTheCloseIsAFailureToo() throws InterruptedException {
        worker.start(
                () -> {
                    begun.countDown();
                    release.await();
                    throw new IllegalStateException("not flushed");
                },
                release::countDown);
        begun.await();

        worker.close();

        assertThat(told).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(worker.check().detail()).contains("not flushed");
    }

    @Test
    void anInterruptByAnybodyElseIsAFailure() throws InterruptedException {
        BlockingQueue<Thread> thread = new LinkedBlockingQueue<>();
        worker.start(() -> {
            thread.add(Thread.currentThread());
            release.await();
        });
        thread.take().interrupt();

        assertThat(told.take()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void aBodyWithAWakeUpIsNotInterrupted() throws InterruptedException {
        BlockingQueue<Boolean> interrupted = new LinkedBlockingQueue<>();
        worker.start(
                () -> {
                    release.await();
                    interrupted.add(Thread.currentThread().isInterrupted() || !worker.closing());
                },
                release::countDown);

        worker.close();

        assertThat(interrupted.take()).isFalse();
    }

    @Test
    void closedAtOnceItEndsWithoutAFailure() {
        worker.start(this::untilInterrupted);
        worker.close(); // whether the body has begun or not
        worker.close();

        assertThat(worker.running()).isFalse();
        assertThat(worker.check().healthy()).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void closedBeforeTheStartItDoesNotRun() {
        worker.close();
        worker.start(this::untilInterrupted);

        assertThat(worker.running()).isFalse();
        assertThat(worker.check()).isEqualTo(Health.ok("stopped"));
    }

    @Test
    void startsOnce() throws InterruptedException {
        worker.start(this::untilInterrupted);
        begun.await();

        assertThatThrownBy(() -> worker.start(() -> {})).hasMessageContaining("test-worker");
    }

    @Test
    void aBodyThatDoesNotEndIsLeftBehindAndSaysSo() {
        Worker deaf = new Worker("deaf", Duration.ofMillis(10));
        deaf.start(release::await, () -> {});
        deaf.close();

        assertThat(deaf.check()).isEqualTo(Health.failing("thread deaf does not stop"));
        release.countDown();
        while (deaf.running()) {
            Thread.onSpinWait();
        }
        assertThat(deaf.check()).isEqualTo(Health.ok("stopped"));
    }

    @Test
    void anInterruptDoesNotShortenTheCloseAndIsKept() throws InterruptedException {
        worker.start(this::untilInterrupted);
        begun.await();
        Thread.currentThread().interrupt();

        worker.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(worker.running()).isFalse();
    }

    @Test
    void runsOnADaemonOfItsName() throws InterruptedException {
        BlockingQueue<Thread> thread = new LinkedBlockingQueue<>();
        worker.start(() -> {
            thread.add(Thread.currentThread());
            release.await();
        });

        assertThat(thread.take()).returns(true, Thread::isDaemon).returns("test-worker", Thread::getName);
    }

    private void untilInterrupted() throws InterruptedException {
        begun.countDown();
        release.await();
    }

    private void awaitEnd() {
        while (worker.running()) {
            Thread.onSpinWait();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void raise(Throwable failure) throws T {
        throw (T) failure;
    }
}
