package dev.tiercel.detector.correlate;

import dev.tiercel.correlation.CorrelatedAlert;
import dev.tiercel.correlation.CorrelationOutput;
import dev.tiercel.correlation.Correlator;
import dev.tiercel.correlation.Quarantine;
import dev.tiercel.correlation.RuleAlert;
import dev.tiercel.correlation.Standing;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.BadRecordException;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.MatchBatch;
import dev.tiercel.schemas.avro.StepMatch;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// [Correlate] for one task: a [Correlator] over the store of the task.
///
/// Timers depend on clocks, which come as records; so nothing runs while nothing comes, but for timers that were too
/// many for one pass.
final class Correlating<V> implements Processor<byte[], byte[], String, V>, CorrelationOutput {
    private static final Logger LOG = LoggerFactory.getLogger(Correlating.class);

    /// Timers that are fired at once: a few milliseconds.
    private static final int TIMERS = 100;

    private static final int MOST_PARTITIONS = 100_000;
    private static final Duration NEXT_PASS = Duration.ofMillis(20);

    private final PlansInForce inForce;
    private final AvroSerde<MatchBatch> serde;
    private final Outcomes<V> outcomes;
    private final CorrelationMetrics metrics;
    private final Correlate.Limits limits;
    private final SettledClocks settled;
    private final RecentMatches recent;
    private final Map<String, Correlation> byName = new HashMap<>();
    /// Nanoseconds that the timers of each correlation took, as far as they are counted.
    private final Map<String, Long> spent = new HashMap<>();
    /// Matches that each correlation was not given, as far as they are counted.
    private final Map<String, Long> refused = new HashMap<>();

    private @Nullable ProcessorContext<String, V> context;
    private @Nullable CorrelationStore store;
    private @Nullable Correlator correlator;
    private @Nullable AlertCommits commits;
    private @Nullable Cancellable first;
    private @Nullable Cancellable timer;
    private Plans plans = Plans.NONE;
    /// Time of what is judged, milliseconds since the epoch.
    private long since;

    Correlating(
            PlansInForce inForce,
            AvroSerde<MatchBatch> serde,
            Outcomes<V> outcomes,
            CorrelationMetrics metrics,
            Correlate.Limits limits,
            RecentMatches recent) {
        this.inForce = inForce;
        this.serde = serde;
        this.outcomes = outcomes;
        this.metrics = metrics;
        this.limits = limits;
        this.recent = recent;
        this.settled = new SettledClocks(recent);
    }

    @Override
    public void init(ProcessorContext<String, V> given) {
        context = given;
        commits = new AlertCommits(given, limits.commitInterval());
        timer = null;
        CorrelationStore opened = given.getStateStore(Correlate.STORE);
        Correlator made = new Correlator(
                new StreamsStore(opened.wrapped(), metrics.written()),
                limits.grace(),
                limits.budget(),
                this,
                limits.decoded());
        store = opened;
        correlator = made;
        plans = Plans.NONE;
        byName.clear();
        spent.clear();
        refused.clear();
        opened.beforeCommit(() -> flush(made));
        first = given.schedule(NEXT_PASS, PunctuationType.WALL_CLOCK_TIME, this::begin);
    }

    /// Once, soon after the task was given to this process: shows how it stands, before anything comes.
    private void begin(long now) {
        Objects.requireNonNull(first, "begin before init").cancel();
        since = now;
        follow();
    }

    private void flush(Correlator made) {
        made.flush();
        report(made);
    }

    /// Tells the other threads how the correlations stand.
    private void report(Correlator made) {
        Standing standing = made.standing();
        metrics.tasks().put(partition(), standing);
        for (Standing.OfCorrelation one : standing.correlations()) {
            long nanos = more(spent, one.name(), one.counts().timerNanos());
            if (nanos > 0) metrics.timers(one.name(), nanos);
            long matches = more(refused, one.name(), one.counts().refused());
            if (matches > 0) metrics.refused(one.name(), matches);
        }
    }

    /// What `now` has more than what was counted, which it becomes.
    private static long more(Map<String, Long> counted, String name, long now) {
        Long before = counted.put(name, now);
        return now - (before == null ? 0 : before);
    }

    @Override
    public void close() {
        if (store != null) store.release();
        metrics.tasks().remove(partition());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        since = record.timestamp();
        try {
            take(read(record));
        } catch (BadRecordException bad) {
            reject(record, bad.reason().name(), String.valueOf(bad.getMessage()));
        } catch (BadStateException bad) {
            reject(record, BadRecordException.Reason.CORRUPT.name(), String.valueOf(bad.getMessage()));
        }
    }

    private MatchBatch read(Record<byte[], byte[]> record) {
        if (record.value() == null) {
            throw new BadRecordException(BadRecordException.Reason.MISSING, "no value where matches are required");
        }
        return serde.read(record.value());
    }

    private void reject(Record<byte[], byte[]> record, String reason, String message) {
        RecordMetadata at = context().recordMetadata().orElseThrow();
        forward(outcomes.unreadable(record, at, reason, message));
    }

    private void take(MatchBatch batch) {
        follow();
        if (!batch.getCorrelation().isEmpty()) {
            recent.made(now());
            matches(batch);
        }
        if (batch.getGapTo() > 0) correlator().gap(batch.getSource(), batch.getGapFrom(), batch.getGapTo());
        if (batch.getClock() > 0) clock(batch);
    }

    /// The plans of the rules in force.
    @SuppressWarnings("ReferenceEquality") // another object: other rules
    private void follow() {
        Plans now = inForce.plans();
        if (now == plans) return;
        plans = now;
        byName.clear();
        now.correlations().forEach(correlation -> byName.put(correlation.name(), correlation));
        correlator().plans(now.correlations(), now.rules());
        report(correlator());
    }

    private void matches(MatchBatch batch) {
        if (!isKnown(batch)) {
            inForce.await(batch.getRules());
            follow();
        }
        if (!isKnown(batch)) {
            metrics.unknown(batch);
            return;
        }
        long from = System.nanoTime();
        for (StepMatch match : batch.getMatches()) take(batch, match);
        long took = System.nanoTime() - from;
        correlator().took(batch.getCorrelation(), batch.getMatches().size(), took);
        metrics.matched(batch, took);
    }

    private boolean isKnown(MatchBatch batch) {
        return correlator().knows(batch.getCorrelation(), batch.getStructure())
                || batch.getMatches().stream().allMatch(MatchRecords::isAlert);
    }

    private void take(MatchBatch batch, StepMatch match) {
        if (MatchRecords.isAlert(match)) {
            correlator().suppress(MatchRecords.alert(batch, match));
        } else {
            correlator().match(MatchRecords.match(batch, match));
        }
    }

    private void clock(MatchBatch batch) {
        int count = batch.getPartitions();
        if (batch.getPartition() < 0 || batch.getPartition() >= count || count > MOST_PARTITIONS) {
            throw new BadRecordException(
                    BadRecordException.Reason.CORRUPT, "partition %d of %d".formatted(batch.getPartition(), count));
        }
        correlator().clock(batch.getSource(), batch.getPartition(), batch.getPartitions(), batch.getClock());
        pass();
    }

    /// Fires timers that are due, a bounded number at a time.
    private void pass() {
        boolean more = metrics.pass(() -> correlator().pass(TIMERS));
        if (more && timer == null) {
            timer = context().schedule(NEXT_PASS, PunctuationType.WALL_CLOCK_TIME, this::passAgain);
        } else if (!more && timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void passAgain(long now) {
        since = now;
        pass();
    }

    @Override
    public void alert(CorrelatedAlert alert) {
        Correlation correlation = byName.get(alert.correlation());
        if (correlation == null) return;
        if (alert.revision() == 0) metrics.alert(correlation.name());
        forward(outcomes.alert(alert, correlation, now()));
    }

    @Override
    public void ruleAlert(RuleAlert alert) {
        forward(outcomes.ruleAlert(alert, now()));
    }

    @Override
    public void match(Match match) {
        again(match.evidence().source(), match.correlation(), match.structure(), match.key(), MatchRecords.of(match));
    }

    @Override
    public void fold(RuleAlert alert) {
        again(alert.rule(), alert.rule(), "", alert.key(), MatchRecords.of(alert));
    }

    private void again(String source, String correlation, String structure, List<String> key, StepMatch match) {
        forward(outcomes.matches(
                new MatchBatch(
                        source,
                        Topics.MATCHES.name(),
                        partition(),
                        limits.tasks(),
                        0L,
                        0L,
                        0L,
                        "",
                        correlation,
                        structure,
                        key,
                        List.of(match)),
                now()));
    }

    /// A clock like that of a partition of events, for what has this correlation as a source.
    @Override
    public void settled(String source, long time) {
        settled.due(source, time, now()).forEach(this::say);
    }

    private void say(String source, long time) {
        forward(outcomes.matches(word(source, time, 0L, 0L), now()));
    }

    /// Of a source that is a correlation, to all tasks.
    private MatchBatch word(String source, long time, long gapFrom, long gapTo) {
        return new MatchBatch(
                source,
                Topics.MATCHES.name(),
                partition(),
                limits.tasks(),
                time,
                gapFrom,
                gapTo,
                "",
                "",
                "",
                List.of(),
                List.of());
    }

    @Override
    public void missing(String source, long from, long to) {
        forward(outcomes.matches(word(source, 0L, from, to), now()));
    }

    @Override
    public void quarantined(Quarantine begun) {
        LOG.error("correlation '{}' is left out: {}", begun.correlation(), begun.text());
        forward(outcomes.quarantined(begun, partition(), now()));
    }

    private int partition() {
        return context().taskId().partition();
    }

    @Override
    public void late(Match match, long watermark) {
        metrics.late(match.correlation());
        forward(outcomes.late(match, step(match), watermark, now()));
    }

    @Override
    public void corrupt(byte[] key, byte[] state, BadStateException reason) {
        LOG.error("state of a correlation cannot be read, and begins anew: {}", reason.getMessage());
        metrics.corrupt();
        forward(outcomes.corrupt(key, state, partition(), String.valueOf(reason.getMessage()), now()));
    }

    private String step(Match match) {
        Correlation correlation = byName.get(match.correlation());
        return correlation != null && match.step() < correlation.steps().size()
                ? correlation.steps().get(match.step()).id()
                : String.valueOf(match.step());
    }

    private void forward(Record<String, V> outcome) {
        context().forward(outcome);
        Objects.requireNonNull(commits, "process before init").forwarded(since);
    }

    private long now() {
        return context().currentSystemTimeMs();
    }

    private Correlator correlator() {
        return Objects.requireNonNull(correlator, "process before init");
    }

    private ProcessorContext<String, V> context() {
        return Objects.requireNonNull(context, "process before init");
    }
}
