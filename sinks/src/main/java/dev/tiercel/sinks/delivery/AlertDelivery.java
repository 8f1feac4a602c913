package dev.tiercel.sinks.delivery;

import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.UndeliveredAlert;
import dev.tiercel.service.Health;
import dev.tiercel.service.PlainCause;
import dev.tiercel.sinks.alert.AlertView;
import dev.tiercel.sinks.plan.OutputPlan;
import dev.tiercel.sinks.receiver.DeliveryResult;
import dev.tiercel.sinks.receiver.Notice;
import dev.tiercel.sinks.route.Router;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers alerts to one output: reads some, tries until each has arrived or was given up, commits, and goes on. So an
/// alert arrives at least once, alerts of one id in their order, and what is under way is one poll and a few alerts
/// that fail by themselves.
///
/// Used by one thread, but for [#check()].
public final class AlertDelivery {
    /// Failures of one alert between which the receiver took others: then it is not the receiver, and it is given up.
    static final int MOST_FAILURES_ALONE = 12;

    private static final Logger LOG = LoggerFactory.getLogger(AlertDelivery.class);
    private static final Duration POLL = Duration.ofMillis(500);
    /// Between two polls while alerts are delivered: the group must hear of this consumer.
    private static final long SILENCE_MS = 1_000;
    /// Alerts that may fail by themselves while others are read.
    private static final int STRAGGLERS = 50;
    private static final Duration UNWELL_AFTER = Duration.ofMinutes(1);

    private final OutputPlan output;
    private final Router router;
    private final Round round;
    private final Formats formats;
    private final UndeliveredAlerts undelivered;
    private final DeliveryMetrics metrics;
    private final Surroundings surroundings;
    private final CommitPoints points = new CommitPoints();
    private final List<Pending> waiting = new ArrayList<>();
    private int failures;
    private long lastPoll;
    private volatile long failingSince;
    private volatile String trouble = "";

    /// How records are read.
    record Formats(AvroSerde<Alert> alerts, AvroSerde<UndeliveredAlert> undelivered) {}

    /// What a test replaces.
    ///
    /// @param clock  time of day
    /// @param nap    waits, and keeps the consumer in its group
    record Surroundings(InstantSource clock, Backoff backoff, Nap nap) {}

    /// Waits.
    interface Nap {
        /// Returns after that long, or a little earlier or later, with what has been read meanwhile after all.
        Iterable<ConsumerRecord<byte[], byte[]>> take(Consumer<byte[], byte[]> consumer, Duration length);
    }

    AlertDelivery(
            OutputPlan output,
            Router router,
            Formats formats,
            UndeliveredAlerts undelivered,
            DeliveryMetrics metrics,
            Surroundings surroundings) {
        this.output = output;
        this.router = router;
        this.formats = formats;
        this.undelivered = undelivered;
        this.metrics = metrics;
        this.surroundings = surroundings;
        this.round = new Round("output-" + output.name(), output.receiver());
    }

    /// Takes over partitions and gives them up, during a poll.
    ConsumerRebalanceListener rebalances(Consumer<byte[], byte[]> consumer) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                takeOver(consumer.committed(Set.copyOf(partitions)));
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                try {
                    undelivered.flush();
                    commit(consumer);
                } catch (InterruptedException closing) {
                    Thread.currentThread().interrupt();
                } catch (KafkaException failure) {
                    LOG.info(
                            "output '{}': what it had delivered may come again: {}",
                            output.name(),
                            PlainCause.of(failure));
                }
                forget(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                forget(partitions);
            }
        };
    }

    /// Goes on where partitions were committed; null: nowhere.
    private void takeOver(Map<TopicPartition, OffsetAndMetadata> positions) {
        positions.forEach((partition, committed) -> {
            String counts = committed == null ? "" : committed.metadata();
            points.takeOver(partition, counts);
            if (isOfAlerts(partition)) router.held().resume(partition.partition(), counts);
        });
    }

    /// Summaries are made again of what is held of the others.
    private void forget(Collection<TopicPartition> partitions) {
        boolean summaries = waiting.removeIf(pending -> pending.from().equals(Pending.NOWHERE));
        waiting.removeIf(pending -> partitions.contains(pending.from()));
        for (TopicPartition partition : partitions) {
            if (isOfAlerts(partition)) router.held().forget(partition.partition());
        }
        points.forget(partitions);
        if (summaries)
            points.kept().forEach((partition, counts) -> router.held().resume(partition, counts));
    }

    /// Begins again where the partitions were committed: a broker or the registry failed in the middle of something.
    void rewind(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> assigned = consumer.assignment();
        forget(assigned);
        Map<TopicPartition, OffsetAndMetadata> positions = consumer.committed(assigned);
        takeOver(positions);
        positions.forEach((partition, committed) -> {
            if (committed == null) {
                consumer.seekToBeginning(Set.of(partition));
            } else {
                consumer.seek(partition, committed);
            }
        });
    }

    static boolean isOfAlerts(TopicPartition partition) {
        return partition.topic().equals(Topics.ALERTS.name());
    }

    /// Reads some alerts, and returns when they are settled and committed, but for some that fail by themselves; or
    /// soon after `closing` says so, with what is settled committed.
    void step(Consumer<byte[], byte[]> consumer, BooleanSupplier closing) throws InterruptedException {
        consumer.resume(consumer.paused());
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) take(record);
        lastPoll = surroundings.clock().millis();
        Instant now = surroundings.clock().instant();
        for (AlertView summary : router.held().due(now)) {
            byte[] value = formats.alerts().write(summary.alert());
            waiting.add(new Pending(new Notice(summary, null), Pending.NOWHERE, -1, value, now.toEpochMilli()));
        }
        settle(consumer, closing);
        undelivered.flush();
        commit(consumer);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        TopicPartition from = new TopicPartition(record.topic(), record.partition());
        points.read(from, record.offset());
        if (isOfAlerts(from)) {
            alert(record, from);
        } else if (output.name().equals(text(record.key()))) {
            again(record, from);
        }
    }

    private static String text(byte[] key) {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    private void alert(ConsumerRecord<byte[], byte[]> record, TopicPartition from) {
        AlertView alert;
        try {
            alert = AlertView.of(formats.alerts().read(record.value()));
        } catch (BadRecordException bad) {
            unreadable(record, bad);
            return;
        }
        Router.Decision decision =
                router.decide(alert, record.partition(), surroundings.clock().instant());
        Notice notice = decision.notice();
        if (notice != null) {
            waiting.add(new Pending(notice, from, record.offset(), record.value(), record.timestamp()));
        } else {
            if (decision.held()) points.held(from, record.offset());
            count(decision.held() ? metrics.held : metrics.unwanted);
        }
    }

    private void unreadable(ConsumerRecord<byte[], byte[]> record, BadRecordException bad) {
        count(metrics.undelivered);
        byte[] value = record.value() == null ? new byte[0] : record.value();
        undelivered.add(new UndeliveredAlert(
                output.name(),
                "",
                "",
                "no alert: " + bad.getMessage(),
                0,
                0L,
                surroundings.clock().millis(),
                record.topic(),
                record.partition(),
                record.offset(),
                ByteBuffer.wrap(value)));
    }

    /// An alert that was given up, and is to be tried again by no route.
    private void again(ConsumerRecord<byte[], byte[]> record, TopicPartition from) {
        UndeliveredAlert before;
        try {
            before = formats.undelivered().read(record.value());
        } catch (BadRecordException bad) {
            unreadable(record, bad);
            return;
        }
        byte[] value = new byte[before.getAlert().remaining()];
        before.getAlert().duplicate().get(value);
        try {
            AlertView alert = AlertView.of(formats.alerts().read(value));
            waiting.add(new Pending(new Notice(alert, null), from, record.offset(), value, record.timestamp()));
        } catch (BadRecordException bad) {
            count(metrics.undelivered);
            before.setReason("no alert: " + bad.getMessage());
            undelivered.add(before);
        }
    }

    private void count(AtomicLong outcome) {
        metrics.consumed.incrementAndGet();
        outcome.incrementAndGet();
    }

    /// Tries until nothing is waiting but what fails by itself, which is tried beside what comes next.
    private void settle(Consumer<byte[], byte[]> consumer, BooleanSupplier closing) throws InterruptedException {
        while (!waiting.isEmpty() && !closing.getAsBoolean()) {
            long now = surroundings.clock().millis();
            List<Pending> chosen = round.choose(waiting, now, failures % 2 == 1);
            if (!chosen.isEmpty()) {
                chosen.forEach(pending -> pending.tried(now));
                account(chosen, round.deliver(chosen));
                if (surroundings.clock().millis() - lastPoll >= SILENCE_MS) nap(consumer, Duration.ZERO);
            } else if (waiting.size() <= STRAGGLERS && waiting.stream().allMatch(Pending::failsAlone)) {
                return;
            } else {
                long next = waiting.stream().mapToLong(Pending::notBefore).min().orElse(now);
                nap(consumer, Duration.ofMillis(Math.max(1, next - now)));
            }
            if (Thread.interrupted()) throw new InterruptedException();
        }
    }

    private void nap(Consumer<byte[], byte[]> consumer, Duration length) {
        for (ConsumerRecord<byte[], byte[]> record : surroundings.nap().take(consumer, length)) take(record);
        lastPoll = surroundings.clock().millis();
    }

    private void account(List<Pending> chosen, List<DeliveryResult> receipts) {
        long now = surroundings.clock().millis();
        boolean arrived = receipts.stream().anyMatch(receipt -> receipt instanceof DeliveryResult.Delivered);
        boolean failed = receipts.stream().anyMatch(receipt -> receipt instanceof DeliveryResult.Later);
        failures = arrived || !failed ? 0 : failures + 1;
        Iterator<DeliveryResult> each = receipts.iterator();
        for (Pending pending : chosen) {
            switch (each.next()) {
                case DeliveryResult.Delivered _ -> delivered(pending, now);
                case DeliveryResult.Refused refused -> giveUp(pending, refused.reason(), now);
                case DeliveryResult.Later later -> later(pending, later, arrived, now);
            }
        }
        look(failed && !arrived, now);
        if (failed && !arrived) giveUpOld(now);
    }

    /// In an outage that is longer than alerts may wait, each need not be tried for that.
    private void giveUpOld(long now) {
        for (Pending pending : List.copyOf(waiting)) {
            if (isOver(pending, now)) giveUp(pending, trouble, now);
        }
    }

    private void delivered(Pending pending, long now) {
        waiting.remove(pending);
        if (pending.from().equals(Pending.NOWHERE)) {
            metrics.summaries.incrementAndGet();
        } else {
            count(metrics.delivered);
            metrics.arrived(pending.published(), now);
        }
    }

    private void giveUp(Pending pending, String reason, long now) {
        waiting.remove(pending);
        undelivered.add(pending, reason, now);
        if (!pending.from().equals(Pending.NOWHERE)) count(metrics.undelivered);
        LOG.warn(
                "output '{}': alert {} is given up after {} attempt{}, and is on {}: {}",
                output.name(),
                pending.notice().id(),
                pending.attempts(),
                pending.attempts() == 1 ? "" : "s",
                Topics.ALERTS_UNDELIVERED.name(),
                reason);
    }

    private void later(Pending pending, DeliveryResult.Later later, boolean othersArrived, long now) {
        metrics.retries.incrementAndGet();
        boolean asked = later.after().isPositive();
        pending.failed(asked ? Long.MIN_VALUE : metrics.delivered.get());
        trouble = later.reason();
        int alone = pending.failuresAlone();
        if (alone >= MOST_FAILURES_ALONE) {
            giveUp(pending, later.reason() + "; others arrived meanwhile", now);
        } else if (isOver(pending, now)) {
            giveUp(pending, later.reason(), now);
        } else {
            int row = Math.max(1, Math.max(alone, failures));
            long next = now + surroundings.backoff().after(row, later.after()).toMillis();
            pending.waitUntil(next);
            if (asked || (!othersArrived && alone == 0)) waiting.forEach(other -> other.waitUntil(next));
        }
    }

    /// An alert has as long as its output says from when it came or, if that is later, from when the receiver ceased to
    /// take anything.
    private boolean isOver(Pending pending, long now) {
        long outage = failingSince > 0 ? failingSince : pending.attempts() > 0 ? pending.firstAttempt() : now;
        return now - Math.max(outage, pending.published())
                >= output.giveUpAfter().toMillis();
    }

    /// Says once that the receiver fails, and once that it works again.
    private void look(boolean failing, long now) {
        if (failing && failingSince == 0) {
            failingSince = now;
            LOG.warn("output '{}' does not take alerts, they wait: {}", output.name(), trouble);
        } else if (!failing && failingSince > 0) {
            LOG.info("output '{}' takes alerts again", output.name());
            failingSince = 0;
        }
    }

    /// All that is settled.
    private void commit(Consumer<byte[], byte[]> consumer) {
        Map<TopicPartition, OffsetAndMetadata> settled =
                points.points(consumer.assignment(), waiting, router.held(), consumer::position);
        if (settled.isEmpty()) return;
        try {
            commit(consumer, settled);
            points.committed(settled);
        } catch (CommitFailedException | RebalanceInProgressException moved) {
            LOG.info(
                    "output '{}': another process goes on with some partitions, what it had delivered may come again",
                    output.name());
        }
    }

    /// Also when the process is to end: what has arrived should not come again.
    private static void commit(Consumer<byte[], byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets);
        } catch (WakeupException closing) {
            consumer.commitSync(offsets);
            throw closing;
        }
    }

    /// Failing if the receiver has not taken anything for a minute.
    public Health check() {
        long since = failingSince;
        boolean unwell = since > 0 && surroundings.clock().millis() - since >= UNWELL_AFTER.toMillis();
        return unwell
                ? Health.failing("output '%s' has taken nothing since %s: %s"
                        .formatted(output.name(), Instant.ofEpochMilli(since), trouble))
                : Health.ok(metrics.delivered.get() + " alerts delivered to " + output.name());
    }

    void close() {
        round.close();
        output.receiver().close();
    }
}
