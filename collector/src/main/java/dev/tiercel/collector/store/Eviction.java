package dev.tiercel.collector.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes room in the spool: the oldest events of the lowest rank go first.
///
/// Ranks that together make up less than a twentieth of what waits go with the next one: rewriting every segment for
/// them would keep the collector from draining.
final class Eviction {
    private static final Logger LOG = LoggerFactory.getLogger(Eviction.class);
    private static final int SHARE = 20;
    private static final long SAY_NANOS = 60_000_000_000L;

    private final SpoolRecord record;
    private final Losses losses;
    private long said;
    private boolean saidOnce;

    Eviction(SpoolRecord record, Losses losses) {
        this.record = record;
        this.losses = losses;
    }

    /// Shrinks the segments behind the one that is read to at most `bytes`, if they can be shrunk.
    void makeRoom(Deque<Segment> segments, long reading, long bytes) throws IOException {
        boolean shrunk = false;
        while (size(segments) > bytes && shrink(segments, reading)) {
            shrunk = true;
        }
        if (shrunk) {
            say();
        }
    }

    private static long size(Deque<Segment> segments) {
        return segments.stream().mapToLong(Segment::size).sum();
    }

    private boolean shrink(Deque<Segment> segments, long reading) throws IOException {
        List<Segment> behind = new ArrayList<>(
                segments.stream().filter(segment -> segment.number() > reading).toList());
        if (behind.isEmpty()) {
            return false;
        }
        EventRank rank = lowest(behind);
        for (Segment segment : behind) {
            if (upTo(segment, rank) > 0) {
                replace(segments, segment, thinned(segment, rank));
                return true;
            }
        }
        Segment oldest = behind.getFirst(); // only empty batches are left
        losses.removed(oldest, new long[EventRank.values().length]);
        segments.remove(oldest);
        oldest.delete();
        return true;
    }

    private static EventRank lowest(List<Segment> segments) {
        long total = segments.stream().mapToLong(Segment::unread).sum();
        for (EventRank rank : EventRank.values()) {
            if (segments.stream().mapToLong(segment -> upTo(segment, rank)).sum() * SHARE >= total) {
                return rank;
            }
        }
        return EventRank.PROCESS;
    }

    private static long upTo(Segment segment, EventRank highest) {
        long events = 0;
        for (int rank = 0; rank <= highest.index(); rank++) {
            events += segment.unread(rank);
        }
        return events;
    }

    private Segment thinned(Segment segment, EventRank rank) throws IOException {
        Segment rest = segment.without(rank, record);
        losses.removed(segment, rest.counts());
        return rest;
    }

    private static void replace(Deque<Segment> segments, Segment old, Segment rest) {
        List<Segment> all = new ArrayList<>(segments);
        all.set(all.indexOf(old), rest);
        segments.clear();
        segments.addAll(all);
    }

    private void say() {
        long now = System.nanoTime();
        if (!saidOnce || now - said >= SAY_NANOS) {
            saidOnce = true;
            said = now;
            LOG.warn("the spool is full (collector.spool-bytes); events removed so far: {}", losses.byRank());
        }
    }
}
