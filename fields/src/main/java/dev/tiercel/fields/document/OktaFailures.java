package dev.tiercel.fields.document;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// When each actor lately failed, or denied, a second factor: what `okta.mfa.failure.countlast` and
/// `okta.mfa.deny.countlast` count.
///
/// It belongs to whoever reads the events, is given to each [DocumentRow] that reads them, and so outlives a change
/// of rules; a restart begins anew, as it does in Falco. Counting is in event time: an event that comes late counts
/// where it belongs, and one that comes twice (the same actor, kind and time) counts once. It holds the last 200
/// times of each of the 10,000 actors that were last heard of, at most some 20 MiB; as Falco's plugin, which forgets
/// the actors that it heard of least often instead, and any after a day. Not thread-safe.
public final class OktaFailures {

    private static final int ACTORS = 10_000;
    private static final int TIMES = 200;
    private static final long NANOS = 1_000_000_000L;

    private final Map<String, Times> byKey = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Times> eldest) {
            return size() > ACTORS;
        }
    };

    /// Remembers an event.
    ///
    /// @param key its kind and actor
    /// @param time nanoseconds since the epoch
    void add(String key, long time) {
        byKey.computeIfAbsent(key, _ -> new Times()).add(time);
    }

    /// How many events there were in the `seconds` up to `time`, that moment included.
    long count(String key, long time, long seconds) {
        Times times = byKey.get(key);
        return times == null ? 0 : times.between(time - seconds * NANOS, time);
    }

    /// Number of actors and kinds that are remembered.
    int size() {
        return byKey.size();
    }

    /// Different times, in order; the oldest makes room.
    private static final class Times {

        private long[] sorted = new long[4];
        private int count;

        void add(long time) {
            int found = Arrays.binarySearch(sorted, 0, count, time);
            int place = -found - 1;
            if (found >= 0 || (place == 0 && count == TIMES)) {
                return;
            }
            if (count == TIMES) {
                System.arraycopy(sorted, 1, sorted, 0, place - 1);
                sorted[place - 1] = time;
            } else {
                insert(place, time);
            }
        }

        private void insert(int place, long time) {
            if (count == sorted.length) {
                sorted = Arrays.copyOf(sorted, Math.min(2 * count, TIMES));
            }
            System.arraycopy(sorted, place, sorted, place + 1, count - place);
            sorted[place] = time;
            count++;
        }

        /// How many are after one moment and not after another.
        int between(long after, long to) {
            return upTo(to) - upTo(after);
        }

        private int upTo(long time) {
            int found = Arrays.binarySearch(sorted, 0, count, time);
            return found >= 0 ? found + 1 : -found - 1;
        }
    }
}
