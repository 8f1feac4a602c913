package dev.tiercel.schemas;

import java.util.Arrays;

/// Finds the tokens of the processes of a cursor's batch, those of ancestors first.
final class ProcessTokens {

    /// A process whose ancestors are being looked at: met again, it is its own ancestor.
    private static final long PENDING = -1;

    private final BatchCursor cursor;
    private final KnownProcesses known;
    private int[] chain = new int[16];

    ProcessTokens(BatchCursor cursor, KnownProcesses known) {
        this.cursor = cursor;
        this.known = known;
    }

    /// The token of a process that has none yet. One that is its own ancestor gets a new token in every batch.
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
