package dev.tiercel.sinks.delivery;

import dev.tiercel.service.PlainCause;
import dev.tiercel.service.WorkerPool;
import dev.tiercel.sinks.receiver.DeliveryResult;
import dev.tiercel.sinks.receiver.Notice;
import dev.tiercel.sinks.receiver.Receiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// Gives a receiver as many notices as it takes at once, each alert once: what comes of it again waits for the next
/// round, so that it arrives later.
final class Round implements AutoCloseable {
    private final Receiver receiver;
    private final WorkerPool threads;
    /// Notices of a call: fewer after calls that failed as a whole, since one of them may be the reason.
    private int size;

    /// @param name of its threads
    Round(String name, Receiver receiver) {
        this.receiver = receiver;
        threads = WorkerPool.perTask(name);
        size = receiver.batch();
    }

    /// Of those that can go now the first, or those that were tried least, so that one that cannot arrive does not
    /// stand before all others.
    List<Pending> choose(List<Pending> waiting, long now, boolean leastTried) {
        List<Pending> ready = new ArrayList<>();
        Set<String> alerts = new HashSet<>();
        int most = size * receiver.parallel();
        for (Pending pending : waiting) {
            boolean isFirst = alerts.add(pending.notice().id());
            if (isFirst && pending.notBefore() <= now) ready.add(pending);
            if (!leastTried && ready.size() == most) break;
        }
        if (leastTried) ready.sort(Comparator.comparingInt(Pending::attempts));
        return ready.subList(0, Math.min(most, ready.size()));
    }

    /// What became of each of `chosen`.
    List<DeliveryResult> deliver(List<Pending> chosen) throws InterruptedException {
        List<List<Notice>> calls = new ArrayList<>();
        for (int from = 0; from < chosen.size(); from += size) {
            calls.add(chosen.subList(from, Math.min(from + size, chosen.size())).stream()
                    .map(Pending::notice)
                    .toList());
        }
        List<DeliveryResult> results = calls.size() == 1 ? call(calls.getFirst()) : atOnce(calls);
        boolean arrived = results.stream().anyMatch(DeliveryResult.Delivered.class::isInstance);
        boolean failed = results.stream().allMatch(DeliveryResult.Later.class::isInstance);
        if (arrived) size = Math.min(receiver.batch(), 2 * size);
        if (failed) size = Math.max(1, size / 2);
        return results;
    }

    private List<DeliveryResult> atOnce(List<List<Notice>> calls) throws InterruptedException {
        List<FutureTask<List<DeliveryResult>>> running = new ArrayList<>();
        for (List<Notice> notices : calls) running.add(new FutureTask<>(() -> call(notices)));
        running.forEach(threads::execute);
        List<DeliveryResult> receipts = new ArrayList<>();
        for (Future<List<DeliveryResult>> each : running) receipts.addAll(result(each));
        return receipts;
    }

    private static List<DeliveryResult> result(Future<List<DeliveryResult>> call) throws InterruptedException {
        try {
            return call.get();
        } catch (ExecutionException unexpected) {
            throw new IllegalStateException(unexpected.getCause());
        }
    }

    private List<DeliveryResult> call(List<Notice> notices) throws InterruptedException {
        try {
            List<DeliveryResult> receipts = receiver.deliver(notices);
            if (receipts.size() != notices.size()) {
                throw new IllegalStateException("notices=" + notices.size() + " receipts=" + receipts.size());
            }
            return receipts;
        } catch (IOException | UncheckedIOException failure) {
            return Collections.nCopies(notices.size(), DeliveryResult.later(PlainCause.of(failure)));
        } catch (RuntimeException unexpected) { // its message may have a secret
            String name = unexpected.getClass().getSimpleName();
            return Collections.nCopies(notices.size(), DeliveryResult.later("unexpected: " + name));
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
