package dev.tiercel.collector.publish;

import dev.tiercel.collector.batch.Batch;
import dev.tiercel.collector.store.Spool;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/// A batch handed to the producer, and its outcome. If there is no room or metadata, the callback runs within `send`,
/// on its thread; else on the producer's.
final class Sent implements Callback {
    private final int events;
    private final int sizeBytes;
    private final boolean inherited;
    private final Runnable onAnswer;
    private @Nullable Batch batch;
    private Spool.@Nullable Position place;
    private boolean inSend = true;
    private boolean refused;
    private boolean done;
    private @Nullable Exception failure;

    /// @param inherited whether an earlier run accepted it
    /// @param onAnswer called when the broker acknowledged it
    private Sent(Batch batch, boolean inherited, Runnable onAnswer) {
        this.events = batch.events();
        this.sizeBytes = batch.value().length;
        this.inherited = inherited;
        this.onAnswer = onAnswer;
    }

    /// Of a batch that need not be kept until it is acknowledged.
    static Sent forgotten(Batch batch, Runnable onAnswer) {
        return new Sent(batch, false, onAnswer);
    }

    /// Of a batch that may have to be written to the spool.
    static Sent kept(Batch batch, Runnable onAnswer) {
        Sent sent = new Sent(batch, false, onAnswer);
        sent.batch = batch;
        return sent;
    }

    /// Of a batch that is in the spool.
    static Sent spooled(Spool.Spooled next, Runnable onAnswer) {
        Sent sent = new Sent(next.batch(), next.inherited(), onAnswer);
        sent.place = next.end();
        return sent;
    }

    @Override
    public synchronized void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception exception) {
        if (exception == null) {
            onAnswer.run();
        }
        refused = inSend && isTemporary(exception);
        failure = exception;
        done = true;
    }

    /// Neither says anything of the batch: there is no room, no metadata, or the rights are not (yet) there.
    private static boolean isTemporary(@Nullable Exception exception) {
        return exception instanceof TimeoutException
                || exception instanceof AuthorizationException
                || exception instanceof AuthenticationException;
    }

    /// Ends `send`; false: the producer did not take the batch, which is still the caller's.
    synchronized boolean accepted() {
        inSend = false;
        return !refused;
    }

    synchronized boolean done() {
        return done;
    }

    synchronized boolean acknowledged() {
        return done && failure == null;
    }

    /// Why it failed; null: acknowledged, or not yet done.
    synchronized @Nullable Exception failure() {
        return failure;
    }

    int events() {
        return events;
    }

    int sizeBytes() {
        return sizeBytes;
    }

    boolean inherited() {
        return inherited;
    }

    /// Where it is in the spool; null: nowhere.
    Spool.@Nullable Position place() {
        return place;
    }

    /// Writes it to the spool unless it is there; false: it cannot be written.
    boolean keepIn(Spool spool) {
        Batch unwritten = batch;
        if (place == null && unwritten != null) {
            place = spool.keep(unwritten);
            batch = place == null ? unwritten : null;
        }
        return place != null;
    }
}
