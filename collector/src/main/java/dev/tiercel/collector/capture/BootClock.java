package dev.tiercel.collector.capture;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The wall-clock time from which the kernel's CLOCK_BOOTTIME counts, as the wall clock is set now.
///
/// Both clocks are slewed alike, and CLOCK_BOOTTIME counts while the machine is suspended, so their difference changes
/// only when somebody sets the wall clock. It is measured again every second; a change beyond what measuring may err is
/// such a step, which is logged. Single-threaded.
final class BootClock {
    private static final Logger LOG = LoggerFactory.getLogger(BootClock.class);
    private static final int CLOCK_BOOTTIME = 7;
    private static final int READINGS = 10;
    private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();
    /// A smaller step is not told from an inexact measurement.
    private static final long SMALLEST_STEP_NANOS = Duration.ofMillis(1).toNanos();

    private interface LibC extends Library {
        int clock_gettime(int clock, long[] timespec);
    }

    private final LongSupplier wall;
    private final LongSupplier boot;
    private final LongSupplier ticker;
    private long bootTimeEpochNanos;
    private long nextNanos;

    /// @param errorNanos most that it may be off
    private record Measurement(long bootTimeEpochNanos, long errorNanos) {}

    /// @param wall nanoseconds since the epoch
    /// @param boot CLOCK_BOOTTIME, nanoseconds
    /// @param ticker monotonic nanoseconds
    BootClock(LongSupplier wall, LongSupplier boot, LongSupplier ticker) {
        this.wall = wall;
        this.boot = boot;
        this.ticker = ticker;
        this.bootTimeEpochNanos = measure().bootTimeEpochNanos;
        this.nextNanos = ticker.getAsLong() + INTERVAL_NANOS;
    }

    /// The clocks of this machine.
    static BootClock ofThisMachine() {
        LibC libC = Native.load("c", LibC.class);
        return new BootClock(BootClock::wallNanos, () -> bootNanos(libC), System::nanoTime);
    }

    /// Nanoseconds from the epoch to the boot; the same number until the wall clock is set, accurate to about a
    /// microsecond.
    long bootTimeEpochNanos() {
        long now = ticker.getAsLong();
        if (now - nextNanos >= 0) {
            nextNanos = now + INTERVAL_NANOS;
            follow(measure());
        }
        return bootTimeEpochNanos;
    }

    private void follow(Measurement measured) {
        long step = measured.bootTimeEpochNanos - bootTimeEpochNanos;
        if (Math.abs(step) <= measured.errorNanos + SMALLEST_STEP_NANOS) {
            return;
        }
        bootTimeEpochNanos = measured.bootTimeEpochNanos;
        LOG.warn(
                "the wall clock was set {} by {}; times of events follow it, start times of known processes stay",
                step > 0 ? "forward" : "back",
                Duration.ofNanos(Math.abs(step)));
    }

    /// The best of ten readings.
    private Measurement measure() {
        Measurement best = new Measurement(0, Long.MAX_VALUE);
        for (int i = 0; i < READINGS; i++) {
            long before = wall.getAsLong();
            long middle = boot.getAsLong();
            long after = wall.getAsLong();
            if (after - before < best.errorNanos && after >= before) {
                best = new Measurement(before + (after - before) / 2 - middle, after - before);
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
