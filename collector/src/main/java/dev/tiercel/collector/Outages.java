package dev.tiercel.collector;

import dev.tiercel.collector.publish.BatchPublisher;
import dev.tiercel.schemas.avro.BrokerOutage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reports each time in which the broker did not answer: when it is noticed, and when it ends. Single-threaded.
final class Outages {
    private static final Logger LOG = LoggerFactory.getLogger(Outages.class);
    private static final int MOST = 100;

    private final BatchPublisher publisher;
    private final LongSupplier lost;
    private final List<BrokerOutage> ended = new ArrayList<>();
    private long since;
    private long lostBefore;

    /// @param lost records lost so far, in the kernel and in the collector; asked when an outage begins and ends
    Outages(BatchPublisher publisher, LongSupplier lost) {
        this.publisher = publisher;
        this.lost = lost;
    }

    /// Looks at the publisher; true: an outage has just ended.
    ///
    /// @param nowNanos since the epoch
    boolean ended(long nowNanos) {
        long away = publisher.awaySinceNanos();
        if (away != 0 && since == 0) {
            begin(away);
        } else if (away == 0 && since != 0) {
            end(nowNanos);
            return true;
        }
        return false;
    }

    private void begin(long away) {
        since = away;
        lostBefore = lost.getAsLong();
        LOG.warn("the broker has not answered since {}; events wait for it", time(since));
    }

    private void end(long now) {
        long lostMeanwhile = lost.getAsLong() - lostBefore;
        BatchPublisher.Waiting waiting = publisher.waiting();
        long waited = waiting.events();
        LOG.warn(
                "the broker answers again after {} s: {} events waited, {} of them on disk; {} records were lost meanwhile",
                Duration.ofNanos(now - since).toSeconds(),
                waited,
                waiting.spooledEvents(),
                lostMeanwhile);
        if (ended.size() < MOST) {
            ended.add(new BrokerOutage(since, now, waited, lostMeanwhile));
        }
        since = 0;
    }

    /// Those that ended since the last call.
    List<BrokerOutage> take() {
        List<BrokerOutage> taken = List.copyOf(ended);
        ended.clear();
        return taken;
    }

    /// A point in time for people.
    static Instant time(long epochNanos) {
        return Instant.ofEpochMilli(epochNanos / 1_000_000);
    }
}
