package dev.tiercel.collector.capture;

import dev.tiercel.kevent.KeventClass;
import java.util.List;

/// What a source has captured and lost since it was opened: `seen by the kernel = emitted + ringFull + scratch`.
///
/// @param emitted records that reached the ring (or the recording), by [KeventClass]
/// @param ringFull records lost because the ring was full, by class
/// @param scratch records lost because the probe had no scratch buffer, by class
/// @param faults strings that could not be read; their records were emitted without them
/// @param compat calls of 32-bit programs that are not decoded: on arm64 only
/// @param malformed records that the reader rejected as shorter than their header states
public record CaptureCounters(
        List<Long> emitted, List<Long> ringFull, List<Long> scratch, long faults, long compat, long malformed) {

    public CaptureCounters {
        emitted = perClass("emitted", emitted);
        ringFull = perClass("ringFull", ringFull);
        scratch = perClass("scratch", scratch);
    }

    private static List<Long> perClass(String name, List<Long> counts) {
        if (counts.size() != KeventClass.values().length) {
            throw new IllegalArgumentException(name + " classes=" + counts.size());
        }
        return List.copyOf(counts);
    }

    public long emitted(KeventClass kind) {
        return emitted.get(kind.index());
    }

    public long ringFull(KeventClass kind) {
        return ringFull.get(kind.index());
    }

    public long scratch(KeventClass kind) {
        return scratch.get(kind.index());
    }

    /// Records lost before they could be drained.
    public long lost() {
        return sum(ringFull) + sum(scratch) + malformed;
    }

    /// Records that reached the ring or the recording.
    public long emittedTotal() {
        return sum(emitted);
    }

    private static long sum(List<Long> counts) {
        return counts.stream().mapToLong(Long::longValue).sum();
    }
}
