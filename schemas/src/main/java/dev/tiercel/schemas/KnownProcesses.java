package dev.tiercel.schemas;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
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
    private ProcessView.@Nullable Body[] bodies = new ProcessView.Body[FIRST_ENTRIES];
    /// The batch in which each was last asked for.
    private long[] askedFor = new long[FIRST_ENTRIES];
    private final List<ProcessView.Body> others = new ArrayList<>();
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
    ProcessView.Body at(byte[] record, int offset) {
        if (record.length - offset < HASHED) {
            return other(record, offset);
        }
        int first = first(record, offset);
        for (int at = first; at < first + WAYS; at++) {
            ProcessView.Body body = bodies[at];
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

    private ProcessView.Body learn(byte[] record, int offset) {
        int place = oldest(first(record, offset));
        if (bodies[place] != null && bodies.length < ENTRIES) {
            grow();
            place = oldest(first(record, offset));
        }
        ProcessView.Body body = other(record, offset);
        if (body.length() <= LONGEST && askedFor[place] != batch) {
            ProcessView.Body replaced = bodies[place];
            bodies[place] = body;
            askedFor[place] = batch;
            others.set(--othersInUse, replaced == null ? new ProcessView.Body(texts, scratch) : replaced);
        }
        return body;
    }

    /// Makes two sets of each, so that no process loses its place.
    private void grow() {
        ProcessView.@Nullable Body[] known = bodies;
        long[] when = askedFor;
        bodies = new ProcessView.Body[known.length * 2];
        askedFor = new long[known.length * 2];
        for (int i = 0; i < known.length; i++) {
            ProcessView.Body body = known[i];
            if (body != null) {
                int place = oldest(first(body.bytes(), 0));
                bodies[place] = body;
                askedFor[place] = when[i];
            }
        }
    }

    /// A process that is forgotten with the batch.
    private ProcessView.Body other(byte[] record, int offset) {
        if (othersInUse == others.size()) {
            others.add(new ProcessView.Body(texts, scratch));
        }
        ProcessView.Body body = others.get(othersInUse++);
        body.read(record, offset, next());
        return body;
    }

    /// Finds the tokens of the processes of a cursor's batch, those of ancestors first.
    static final class Tokens {

        /// A process whose ancestors are being looked at: met again, it is its own ancestor.
        private static final long PENDING = -1;

        private final BatchCursor cursor;
        private final KnownProcesses known;
        private int[] chain = new int[16];

        Tokens(BatchCursor cursor, KnownProcesses known) {
            this.cursor = cursor;
            this.known = known;
        }

        /// The token of a process that has none yet. One that is its own ancestor gets a new token in every
        /// batch.
        long of(int index) {
            int depth = 0;
            int at = index;
            while (at >= 0 && cursor.process(at).token() == 0) {
                cursor.process(at).token(PENDING);
                if (depth == chain.length) {
                    chain = Arrays.copyOf(chain, depth * 2);
                }
                chain[depth++] = at;
                at = cursor.process(at).parent();
            }
            long token = at < 0 ? 0 : cursor.process(at).token();
            while (depth > 0) {
                ProcessView view = cursor.process(chain[--depth]);
                token = token == PENDING ? known.next() : among(view, token);
                view.token(token);
            }
            return token;
        }

        private long among(ProcessView view, long parent) {
            return view.body()
                    .context()
                    .token(
                            parent,
                            version(view.sessionLeader()),
                            version(view.groupLeader()),
                            view.container() < 0 ? null : cursor.container(view.container()),
                            known.next());
        }

        private long version(int index) {
            return index < 0 ? 0 : cursor.process(index).body().version();
        }
    }
}
