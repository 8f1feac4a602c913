package dev.tiercel.correlation;

import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateStore;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.correlation.types.Bounds;

/// Leaves out correlations that take more than their budget, so that the others go on.
///
/// Quarantines are kept in the store. What was taken is counted anew by each correlator.
final class Budgets {
    /// Time of events over which matches are counted.
    static final long WINDOW = 10_000_000_000L;

    /// Of fewer matches no mean is taken: one pause of the process would count.
    static final int LEAST_MATCHES = 1_000;

    private static final double SECOND = 1e9;
    private static final long LOOK = 1023;
    private static final String GAPS_OF = "quarantine:";

    private final Budget budget;
    private final StateStore store;
    private final StateWriter writer;
    private final Workings workings;

    Budgets(Budget budget, StateStore store, StateWriter writer, Workings workings) {
        this.budget = budget;
        this.store = store;
        this.writer = writer;
        this.workings = workings;
    }

    /// The source whose gaps are what a correlation was not given.
    static String gapsOf(String correlation) {
        return GAPS_OF + correlation;
    }

    /// Counts a match; returns whether the stage may have it.
    boolean admits(CorrelationStage stage, long time) {
        Spending spending = stage.spending();
        if ((++spending.matches & LOOK) == 0) look(stage);
        Quarantine quarantine = spending.quarantine;
        if (quarantine == null) return true;
        stage.counts().refused++;
        if (time > spending.missedTo) {
            spending.missedFrom = quarantine.from();
            spending.missedTo = time;
            workings.gaps().add(gapsOf(stage.name()), quarantine.from(), time);
        }
        return false;
    }

    /// Ends the stage's quarantine, or begins one, if it is time.
    void look(CorrelationStage stage) {
        long now = stage.watermark();
        if (now == Long.MIN_VALUE) return;
        Spending spending = stage.spending();
        if (spending.quarantine != null) {
            if (now >= spending.quarantine.until()) end(stage);
        } else if (!budget.isUnlimited()) {
            judge(stage, now);
        }
    }

    private void judge(CorrelationStage stage, long now) {
        Spending spending = stage.spending();
        if (spending.from == Long.MIN_VALUE) spending.begin(now);
        if (exceeds(stage.storedBytes(), budget.bytes())) {
            begin(stage, Quarantine.Reason.STATE, stage.storedBytes(), budget.bytes());
        } else if (now - spending.from >= WINDOW) {
            long perSecond = (long) (spending.matches * SECOND / (now - spending.from));
            long mean = spending.matches < LEAST_MATCHES ? 0 : spending.nanos / spending.matches;
            spending.begin(now);
            if (exceeds(perSecond, budget.matches())) {
                begin(stage, Quarantine.Reason.MATCHES, perSecond, budget.matches());
            } else if (exceeds(mean, budget.nanos())) {
                begin(stage, Quarantine.Reason.TIME, mean, budget.nanos());
            }
        }
    }

    private static boolean exceeds(long taken, long limit) {
        return limit > 0 && taken > limit;
    }

    private void begin(CorrelationStage stage, Quarantine.Reason reason, long measured, long limit) {
        long from = stage.watermark();
        long until = Bounds.plus(from, budget.quarantine().toNanos());
        Quarantine begun = new Quarantine(stage.name(), stage.hash(), reason, measured, limit, from, until);
        stage.spending().quarantine = begun;
        store.put(key(stage), written(begun));
        workings.output().quarantined(begun);
    }

    private void end(CorrelationStage stage) {
        Spending spending = stage.spending();
        spending.quarantine = null;
        spending.begin(stage.watermark());
        store.put(key(stage), null);
    }

    /// Goes on with the quarantine that an earlier correlator began, unless the correlation was edited since.
    void resume(CorrelationStage stage) {
        byte[] found = store.get(key(stage));
        if (found == null) return;
        Quarantine begun = read(stage.name(), found);
        if (begun.hash().equals(stage.hash())) {
            stage.spending().quarantine = begun;
        } else {
            store.put(key(stage), null);
        }
    }

    /// Tells those that the stage feeds what it did not see.
    void tell(CorrelationStage stage) {
        Spending spending = stage.spending();
        if (spending.missedTo == spending.told) return;
        spending.told = spending.missedTo;
        workings.output().missing(Correlator.alertsOf(stage.name()), spending.missedFrom, spending.missedTo);
    }

    private static byte[] key(CorrelationStage stage) {
        return StoreKeys.of(StoreKeys.QUARANTINE, stage.number());
    }

    private byte[] written(Quarantine quarantine) {
        return writer.begin()
                .text(quarantine.hash())
                .text(quarantine.reason().name())
                .word(quarantine.measured())
                .word(quarantine.limit())
                .word(quarantine.from())
                .word(quarantine.until())
                .end();
    }

    private static Quarantine read(String correlation, byte[] written) {
        StateReader in = new StateReader(written);
        String hash = in.text();
        Quarantine.Reason reason = reason(in.text());
        Quarantine read = new Quarantine(correlation, hash, reason, in.word(), in.word(), in.word(), in.word());
        in.end();
        return read;
    }

    private static Quarantine.Reason reason(String name) {
        for (Quarantine.Reason reason : Quarantine.Reason.values())
            if (reason.name().equals(name)) return reason;
        throw new BadStateException("a quarantine for '" + name + "'");
    }
}
