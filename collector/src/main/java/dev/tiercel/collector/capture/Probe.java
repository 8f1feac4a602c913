package dev.tiercel.collector.capture;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.tiercel.kevent.CountersDecoder;
import dev.tiercel.kevent.KeventAbi;
import dev.tiercel.kevent.KeventClass;
import dev.tiercel.kevent.KeventHandler;
import dev.tiercel.kevent.Ring;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The probe, loaded and attached until it is closed. One thread drains and awaits; the other methods are thread-safe.
///
/// The structs that cross the C interface, `probe-c/include/tiercel_probe.h`:
/// ```
///  probe_options  0             4            8              12        16          20     24             88
///                 | abi_version | ring_bytes | wakeup_bytes | own_pid | env_bytes | _pad | syscalls[8] |
///  probe_ring     0          8          16     24           32         36              40
///                 | consumer | producer | data | size_bytes | epoll_fd | overlap_bytes |
/// ```
final class Probe implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Probe.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
    private static final int EINTR = 4;
    private static final int OPTIONS_BYTES = 88;
    private static final int RING_BYTES = 40;
    private static final int BITMAP_WORDS = ProbeOptions.SYSCALLS / Long.SIZE;

    private final ProbeLibrary library;
    private final Pointer handle;
    private final Ring ring;

    /// Calls hold the read lock, closing holds the write lock: it unmaps the ring, and reading that would crash the
    /// JVM.
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    private volatile boolean closed;

    private Probe(ProbeLibrary library, Pointer handle) {
        this.library = library;
        this.handle = handle;
        this.ring = ring(library, handle);
    }

    /// Loads the probe library, and with it every program that this kernel accepts.
    ///
    /// @throws ProbeException if the library is absent or of another ABI version, or the probe cannot run here
    static Probe open(ProbeOptions options) {
        ProbeLibrary library = ProbeLibrary.load();
        int version = library.kevent_abi_version();
        if (version != KeventAbi.VERSION) {
            throw new ProbeException("the probe library has ABI version " + version + ", the collector needs "
                    + KeventAbi.VERSION + "; rebuild it: make -C probe-c");
        }
        byte[] error = new byte[16 * 1024];
        Pointer handle = library.probe_open(struct(options), error, error.length);
        if (handle == null) {
            throw new ProbeException("the probe cannot run here: " + text(error).strip());
        }
        try {
            return new Probe(library, handle);
        } catch (RuntimeException e) {
            library.probe_close(handle);
            throw e;
        }
    }

    private static Pointer struct(ProbeOptions options) {
        Memory struct = new Memory(OPTIONS_BYTES);
        struct.clear();
        struct.setInt(0, KeventAbi.VERSION);
        struct.setInt(4, options.ringBytes());
        struct.setInt(8, options.wakeupBytes());
        struct.setInt(12, options.ownPid());
        struct.setInt(16, options.environmentBytes());
        struct.write(24, bitmap(options.syscalls()), 0, BITMAP_WORDS);
        return struct;
    }

    private static long[] bitmap(BitSet syscalls) {
        return Arrays.copyOf(syscalls.toLongArray(), BITMAP_WORDS);
    }

    private static Ring ring(ProbeLibrary library, Pointer handle) {
        Memory struct = new Memory(RING_BYTES);
        checked("probe_ring", library.probe_ring(handle, struct));
        int size = Math.toIntExact(struct.getLong(24));
        return new Ring(
                struct.getPointer(0).getByteBuffer(0, Long.BYTES),
                struct.getPointer(8).getByteBuffer(0, Long.BYTES),
                struct.getPointer(16).getByteBuffer(0, size + struct.getInt(36)),
                size);
    }

    /// See [RecordSource#drain].
    int drain(KeventHandler handler, int limit) {
        return open(() -> ring.drain(handler, limit));
    }

    /// Waits until there is something to drain, at most `timeout`; false: nothing came.
    boolean await(Duration timeout) {
        // The kernel wakes us every wakeupBytes only: fewer may be pending before and after a timeout.
        return open(() -> {
                    int woken = interruptible(library.probe_wait(handle, millis(timeout)));
                    return woken > 0 || ring.pendingBytes() > 0 ? 1 : 0;
                })
                > 0;
    }

    /// Undrained bytes on the ring. For the draining thread.
    long pendingBytes() {
        return open(() -> Math.toIntExact(ring.pendingBytes())); // at most the ring's size
    }

    /// Waits for the first record, at most `timeout`; false: none came.
    boolean awaitFirst(Duration timeout) {
        return open(() -> interruptible(library.probe_wait_record(handle, millis(timeout)))) > 0;
    }

    private static int millis(Duration timeout) {
        return (int) Math.clamp(timeout.toMillis(), 0L, (long) Integer.MAX_VALUE);
    }

    private static int interruptible(int result) {
        return result == -EINTR ? 0 : checked("probe_wait", result);
    }

    /// Puts a record on the ring for each running process, and returns how many. Drain meanwhile.
    int snapshot() {
        return open(() -> checked("probe_snapshot", library.probe_snapshot(handle)));
    }

    /// What the programs have emitted and lost so far, and what the reader rejected.
    CaptureCounters counters() {
        Memory struct = new Memory(CountersDecoder.SIZE);
        open(() -> checked("probe_counters", library.probe_counters(handle, struct)));
        CountersDecoder counters = new CountersDecoder();
        counters.wrap(ByteBuffer.wrap(struct.getByteArray(0, CountersDecoder.SIZE)), 0);
        return new CaptureCounters(
                perClass(counters::emitted),
                perClass(counters::ringFull),
                perClass(counters::scratch),
                counters.faults(),
                counters.compat(),
                ring.malformed());
    }

    private static List<Long> perClass(ToLongFunction<KeventClass> counter) {
        return Arrays.stream(KeventClass.values())
                .map(kind -> counter.applyAsLong(kind))
                .toList();
    }

    /// Every program of the probe, attached or refused by the kernel.
    List<ProgramStatus> programs() {
        byte[] text = new byte[64 * 1024];
        open(() -> checked("probe_programs", library.probe_programs(handle, text, text.length)));
        return text(text).lines().map(ProgramStatus::parse).toList();
    }

    /// Replaces the set of captured syscalls, by their native numbers; takes effect at once.
    void select(BitSet syscalls) {
        if (syscalls.length() > ProbeOptions.SYSCALLS) {
            throw new IllegalArgumentException("syscall=" + (syscalls.length() - 1));
        }
        open(() -> checked("probe_select", library.probe_select(handle, bitmap(syscalls))));
    }

    private int open(IntSupplier call) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the probe is closed");
            }
            return call.getAsInt();
        } finally {
            lock.readLock().unlock();
        }
    }

    private static int checked(String call, int result) {
        if (result < 0) {
            throw new ProbeException(call + " failed: " + errno(-result));
        }
        return result;
    }

    private static String errno(int number) {
        return switch (number) {
            case 1 -> "EPERM (the probe needs CAP_BPF and CAP_PERFMON)";
            case EINTR -> "EINTR";
            case 12 -> "ENOMEM";
            case 13 -> "EACCES";
            case 22 -> "EINVAL";
            case 38 -> "ENOSYS (this kernel does not offer it)";
            default -> "errno " + number;
        };
    }

    private static String text(byte[] terminated) {
        return Native.toString(terminated, StandardCharsets.UTF_8);
    }

    /// Detaches every program, once running calls have returned. One that does not return for five seconds, such as a
    /// snapshot that hangs in the memory of a process, is left behind with the probe, which ends with this process.
    ///
    /// @throws IllegalStateException if a handler calls it while draining
    @Override
    public void close() {
        if (lock.getReadHoldCount() > 0) {
            throw new IllegalStateException("a handler must not close the probe that calls it");
        }
        boolean idle = awaitCalls();
        boolean first = !closed;
        closed = true;
        if (!idle) {
            LOG.warn("a call of the probe does not return; the probe stays attached until this process ends");
            return;
        }
        try {
            if (first) {
                library.probe_close(handle);
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Takes the lock for closing; false: a call is still running.
    private boolean awaitCalls() {
        try {
            return lock.writeLock().tryLock(CLOSE_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return lock.writeLock().tryLock();
        }
    }
}
