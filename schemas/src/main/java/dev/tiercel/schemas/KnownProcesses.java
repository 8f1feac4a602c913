package dev.tiercel.schemas;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Recently read processes, found by their bytes: a node's batches repeat the same few, and comparing bytes costs less
/// than to read them.
///
/// Four-way set-associative by process id and start time; a new process replaces the one of its set that was not asked
/// for longest, never one of the current batch. Bounded: [#ENTRIES] processes of at most [#LONGEST] bytes, a few MiB
/// when full; longer ones, and those that find no place, are read anew in every batch. Not thread-safe.
final class KnownProcesses {

    /// Capacity in processes.
    static final int ENTRIES = 2048;

    /// Maximum length of a known process in bytes.
    static final int LONGEST = 4096;

    private static final int WAYS = 4;
    private static final int FIRST_ENTRIES = 64;
    /// The process id and as much of the start time as changes from process to process.
    private static final int HASHED = 12;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private final TextCache texts;
    private final TextBuffer scratch = new TextBuffer();
    /// As many as the sets have had to hold, a power of two.
    private @Nullable ProcessBody[] bodies = new ProcessBody[FIRST_ENTRIES];
    /// The batch in which each was last asked for.
    private long[] askedFor = new long[FIRST_ENTRIES];
    private final List<ProcessBody> others = new ArrayList<>();
    private int othersInUse;
    private long batch;
    private long versions;

    /// Knows none.
    KnownProcesses(TextCache texts) {
        this.texts = texts;
    }

    /// Begins a batch: what [#at] returned before is no longer used.
    void begin() {
        batch++;
        othersInUse = 0;
    }

    /// A number that no process of this cursor has had as its version or token.
    long next() {
        return ++versions;
    }

    /// The process whose attributes begin at `offset`.
    ///
    /// @throws BadRecordException if it is incomplete
    ProcessBody at(byte[] record, int offset) {
        if (record.length - offset < HASHED) {
            return other(record, offset);
        }
        int first = first(record, offset);
        for (int at = first; at < first + WAYS; at++) {
            ProcessBody body = bodies[at];
            if (body != null && body.isAt(record, offset)) {
                askedFor[at] = batch;
                return body;
            }
        }
        return learn(record, offset);
    }

    /// Where the set begins that the process at `offset` belongs to.
    private int first(byte[] record, int offset) {
        long hash = ((long) LONG.get(record, offset) * PRIME) ^ (int) INT.get(record, offset + Long.BYTES);
        return (int) ((hash * PRIME) >>> Integer.SIZE) & (bodies.length - WAYS);
    }

    /// A free place of the set, or else the one that was not asked for longest.
    private int oldest(int first) {
        int oldest = first;
        for (int at = first + 1; at < first + WAYS; at++) {
            if (askedFor[at] < askedFor[oldest]) {
                oldest = at;
            }
        }
        return oldest;
    }

    private ProcessBody learn(byte[] record, int offset) {
        int place = oldest(first(record, offset));
        if (bodies[place] != null && bodies.length < ENTRIES) {
            grow();
            place = oldest(first(record, offset));
        }
        ProcessBody body = other(record, offset);
        if (body.length() <= LONGEST && askedFor[place] != batch) {
            ProcessBody replaced = bodies[place];
            bodies[place] = body;
            askedFor[place] = batch;
            others.set(--othersInUse, replaced == null ? new ProcessBody(texts, scratch) : replaced);
        }
        return body;
    }

    /// Makes two sets of each, so that no process loses its place.
    private void grow() {
        @Nullable ProcessBody[] known = bodies;
        long[] when = askedFor;
        bodies = new ProcessBody[known.length * 2];
        askedFor = new long[known.length * 2];
        for (int i = 0; i < known.length; i++) {
            ProcessBody body = known[i];
            if (body != null) {
                int place = oldest(first(body.bytes(), 0));
                bodies[place] = body;
                askedFor[place] = when[i];
            }
        }
    }

    /// A process that is forgotten with the batch.
    private ProcessBody other(byte[] record, int offset) {
        if (othersInUse == others.size()) {
            others.add(new ProcessBody(texts, scratch));
        }
        ProcessBody body = others.get(othersInUse++);
        body.read(record, offset, next());
        return body;
    }
}
