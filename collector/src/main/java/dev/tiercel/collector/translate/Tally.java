package dev.tiercel.collector.translate;

import java.util.Locale;

/// What became of the records drained: `drained = events + stateOnly + sum(ignored) + sum(dropped)`. One thread.
///
/// The events are then published or dropped by whoever publishes them.
public final class Tally {
    /// Why a record was left out on purpose.
    public enum Ignored {
        /// A type that this version does not know.
        UNKNOWN_TYPE;

        /// As in reports and metrics: `unknown-type`.
        public String label() {
            return written(this);
        }
    }

    /// Why a record was lost in the collector.
    public enum Dropped {
        /// Translating it failed: a bug, logged once for each kind.
        TRANSLATION,
        /// The broker refused the batch, or the collector stopped before it accepted it.
        PUBLISH;

        /// As in reports and metrics: `publish`.
        public String label() {
            return written(this);
        }
    }

    private long unknownType;
    private long drained;
    private long events;
    private long stateOnly;
    private long failed;

    void drained() {
        drained++;
    }

    void event() {
        events++;
    }

    void stateOnly() {
        stateOnly++;
    }

    void ignored(Ignored reason) {
        switch (reason) {
            case UNKNOWN_TYPE -> unknownType++;
        }
    }

    void failed() {
        failed++;
    }

    public long drainedTotal() {
        return drained;
    }

    /// Records that became events.
    public long eventsTotal() {
        return events;
    }

    /// Records that told the state of the node only.
    public long stateOnlyTotal() {
        return stateOnly;
    }

    public long ignoredTotal(Ignored reason) {
        return switch (reason) {
            case UNKNOWN_TYPE -> unknownType;
        };
    }

    /// Records whose translation failed.
    public long failedTotal() {
        return failed;
    }

    private static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
