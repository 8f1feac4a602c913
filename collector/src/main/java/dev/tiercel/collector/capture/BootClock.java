package dev.tiercel.collector.capture;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.time.Instant;

/// The wall-clock time from which the kernel's CLOCK_BOOTTIME counts.
final class BootClock {
    private static final int CLOCK_BOOTTIME = 7;

    private interface LibC extends Library {
        int clock_gettime(int clock, long[] timespec);
    }

    private BootClock() {}

    /// Nanoseconds from the epoch to the boot, as the wall clock is set now; the best of ten readings, accurate to
    /// about a microsecond.
    static long bootTimeEpochNanos() {
        LibC libC = Native.load("c", LibC.class);
        long best = 0;
        long narrowest = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long before = wallNanos();
            long boot = bootNanos(libC);
            long after = wallNanos();
            if (after - before < narrowest && after >= before) {
                narrowest = after - before;
                best = before + (after - before) / 2 - boot;
            }
        }
        return best;
    }

    private static long bootNanos(LibC libC) {
        long[] timespec = new long[2];
        if (libC.clock_gettime(CLOCK_BOOTTIME, timespec) != 0) {
            throw new ProbeException("clock_gettime(CLOCK_BOOTTIME) failed; the collector needs Linux");
        }
        return timespec[0] * 1_000_000_000 + timespec[1];
    }

    private static long wallNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000 + now.getNano();
    }
}
