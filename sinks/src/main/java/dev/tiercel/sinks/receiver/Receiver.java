package dev.tiercel.sinks.receiver;

import java.io.IOException;
import java.util.List;

/// Where alerts go: one output of a sinks file.
///
/// [#deliver] is called by one thread at a time, unless [#parallel] allows more. What it delivers may come again, with
/// the same id: after a failure, and after a crash. No value of an alert may become more than text on its way.
public interface Receiver extends AutoCloseable {
    /// Finds out whether it could deliver, as far as that is possible without sending an alert.
    ///
    /// @throws IOException if not, with a message for users
    void check() throws IOException, InterruptedException;

    /// Delivers notices in their order; those of one call are of different alerts.
    ///
    /// @param notices at least one, at most [#batch()]
    /// @return what has become of each, in their order
    /// @throws IOException if that is the same for all, and it can be tried again
    List<DeliveryResult> deliver(List<Notice> notices) throws IOException, InterruptedException;

    /// Most notices that one call delivers.
    default int batch() {
        return 1;
    }

    /// Most calls at the same time.
    default int parallel() {
        return 1;
    }

    /// Idempotent.
    @Override
    void close();
}
