package dev.tiercel.detector;

import dev.tiercel.detector.continuity.EventLog;
import dev.tiercel.detector.continuity.LaneSequences;
import dev.tiercel.detector.metadata.HeldEvent;
import dev.tiercel.detector.metadata.HeldEvents;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BatchVersions;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The judges of one task on batches of system-call events, and the events that wait for the metadata of their pod.
final class BatchBench implements Judge.Bench {
    private static final Logger LOG = LoggerFactory.getLogger(BatchBench.class);

    /// Most events that are judged late at a time: other events wait for them.
    private static final int AT_ONCE = 200;

    private final Parts parts;
    private final EventLog log;
    private final LaneSequences sequences = new LaneSequences();
    private final HeldEvents held;
    private TopicPartition partition = new TopicPartition(Topics.EVENTS_SYSCALL.name(), 0);
    private @Nullable LateJudge lateJudge;

    /// What all judges of batches share.
    record Parts(
            BatchVersions versions,
            Nodes nodes,
            KubernetesIndex kubernetes,
            AvroSerde<Alert> alerts,
            DetectorMetrics metrics) {}

    /// @param log where events are read again
    /// @param wait longest time that an event waits; zero: none does
    BatchBench(Parts parts, EventLog log, Duration wait) {
        this.parts = parts;
        this.log = log;
        this.held = new HeldEvents(parts.kubernetes(), wait);
    }

    @Override
    public Judge judge(LoadedRules rules) {
        return new BatchJudge(rules, parts, sequences, held);
    }

    @Override
    public boolean offsetsAreDense() {
        return true;
    }

    @Override
    public void beginningLost() {
        sequences.beginningLost();
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(HeldEvents.store());
    }

    @Override
    public void open(ProcessorContext<?, ?> task) {
        partition =
                new TopicPartition(Topics.EVENTS_SYSCALL.name(), task.taskId().partition());
        held.open(task.getStateStore(HeldEvents.STORE));
    }

    @Override
    public void record(long now, long time) {
        held.record(now, time);
    }

    @Override
    public boolean waits() {
        return !held.isEmpty();
    }

    @Override
    public long heldFrom() {
        return held.unjudgedFrom();
    }

    @Override
    public void judgeLate(LoadedRules rules, long now, Judge.Late late) {
        Map<Long, List<HeldEvent>> byOffset = new TreeMap<>();
        for (HeldEvent event : held.due(now, AT_ONCE)) {
            if (held.hasCome(event) || event.left() != HeldEvent.Left.NONE) {
                byOffset.computeIfAbsent(event.offset(), _ -> new ArrayList<>()).add(event);
            } else {
                end(event, DetectorMetrics.WaitEnd.ABSENT);
            }
        }
        if (!byOffset.isEmpty()) readAgain(byOffset, lateJudge(rules), now, late);
    }

    private void readAgain(Map<Long, List<HeldEvent>> byOffset, LateJudge judge, long now, Judge.Late late) {
        try {
            log.read(
                    partition,
                    new TreeSet<>(byOffset.keySet()),
                    record -> judgeAll(record, byOffset.remove(record.offset()), judge, now, late));
        } catch (TimeoutException away) {
            LOG.warn("{} events that waited for metadata go on waiting: {}", byOffset.size(), away.getMessage());
            return;
        }
        byOffset.values().forEach(gone -> gone.forEach(event -> end(event, DetectorMetrics.WaitEnd.LOST)));
    }

    private void judgeAll(
            ConsumerRecord<byte[], byte[]> record,
            @Nullable List<HeldEvent> events,
            LateJudge judge,
            long now,
            Judge.Late late) {
        if (events == null) return;
        EventLocation first = new EventLocation(record.topic(), record.partition(), record.offset(), 0);
        judge.begin(record.value(), first);
        for (HeldEvent event : events) {
            List<Judgement> raised = raisedBy(event, judge, now, first);
            raised.forEach(judgement -> late.raised(judgement, record.timestamp()));
        }
    }

    /// A record that has been judged once can be read, so a failure is a bug.
    private List<Judgement> raisedBy(HeldEvent event, LateJudge judge, long now, EventLocation record) {
        try {
            List<Judgement> raised = judge.judge(event);
            if (raised.isEmpty() && event.root() != null && now < event.until()) {
                held.goOn(event);
            } else {
                end(event, held.hasCome(event) ? DetectorMetrics.WaitEnd.ARRIVED : DetectorMetrics.WaitEnd.ABSENT);
            }
            return raised;
        } catch (RegistryException unknown) {
            throw unknown;
        } catch (RuntimeException failure) {
            parts.metrics().ruleFailed(failure, record);
            end(event, DetectorMetrics.WaitEnd.LOST);
            return List.of();
        }
    }

    private void end(HeldEvent event, DetectorMetrics.WaitEnd end) {
        held.remove(event);
        parts.metrics().waited(end);
    }

    private LateJudge lateJudge(LoadedRules rules) {
        LateJudge made = lateJudge;
        if (made == null || !made.rules().equals(rules)) {
            made = new LateJudge(rules, parts);
            lateJudge = made;
        }
        return made;
    }
}
