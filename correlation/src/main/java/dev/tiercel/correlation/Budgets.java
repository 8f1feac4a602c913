package dev.tiercel.correlation;

import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateStore;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.correlation.types.Bounds;

/// Leaves out correlations that take more than their budget, so that the others go on.
///
/// Quarantines, and the times of what was dropped, are kept in the store. What was taken is counted anew by each
/// correlator.
final class Budgets {
    /// Of fewer matches no mean is taken.
    static final int LEAST_MATCHES = 1_000;

    private static final long SECONDS = Spending.SPAN / 1_000_000_000L;
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

    /// Whether gaps of this source are those of a correlation.
    static boolean isGaps(String source) {
        return source.startsWith(GAPS_OF);
    }

    /// Counts a match; returns whether the stage may have it.
    boolean admits(CorrelationStage stage, long time) {
        Spending spending = stage.spending();
        if (spending.quarantine == null && !budget.isUnlimited()) count(stage, time);
        if (spending.quarantine == null) return true;
        stage.counts().refused++;
        miss(stage, time);
        return false;
    }

    private void count(CorrelationStage stage, long time) {
        Spending spending = stage.spending();
        long matches = spending.matched(time);
        if (exceeds(matches, budget.matches() * SECONDS) && stage.watermark() > Long.MIN_VALUE) {
            begin(stage, Quarantine.Reason.MATCHES, Math.ceilDiv(matches, SECONDS), budget.matches());
        } else if ((spending.matches() & LOOK) == 0) {
            look(stage);
        }
    }

    /// In pieces, so that a match with a date far ahead makes no gap from now to then.
    private void miss(CorrelationStage stage, long time) {
        if (workings.gaps().isIn(stage.refusals(), time, time)) return;
        long from = Math.floorDiv(time, Spending.SPAN) * Spending.SPAN;
        workings.gaps().add(stage.refusals(), from, Bounds.plus(from, Spending.SPAN));
    }

    /// Ends the stage's quarantine, or begins one, if it is time.
    void look(CorrelationStage stage) {
        long now = stage.watermark();
        if (now == Long.MIN_VALUE) return;
        Quarantine quarantine = stage.spending().quarantine;
        if (quarantine != null) {
            if (now >= quarantine.until()) end(stage);
        } else if (!budget.isUnlimited()) {
            judge(stage, now);
        }
    }

    private void judge(CorrelationStage stage, long now) {
        Spending spending = stage.spending();
        if (spending.from == Long.MIN_VALUE) spending.begin(now);
        if (exceeds(stage.storedBytes(), budget.bytes())) {
            begin(stage, Quarantine.Reason.STATE, stage.storedBytes(), budget.bytes());
        } else if (now - spending.from >= Spending.SPAN && spending.matches() >= LEAST_MATCHES) {
            long mean = spending.mean();
            spending.begin(now);
            if (exceeds(mean, budget.nanos())) begin(stage, Quarantine.Reason.TIME, mean, budget.nanos());
        }
    }

    private static boolean exceeds(long taken, long limit) {
        return limit > 0 && taken > limit;
    }

    private long limit(Quarantine.Reason reason) {
        return switch (reason) {
            case MATCHES -> budget.matches();
            case STATE -> budget.bytes();
            case TIME -> budget.nanos();
        };
    }

    private void begin(CorrelationStage stage, Quarantine.Reason reason, long measured, long limit) {
        long from = stage.watermark();
        long until = Bounds.plus(from, budget.quarantine().toNanos());
        Quarantine begun = new Quarantine(stage.name(), stage.edition(), reason, measured, limit, from, until);
        stage.spending().quarantine = begun;
        store.put(key(stage), written(begun));
        workings.output().quarantined(begun);
    }

    private void end(CorrelationStage stage) {
        stage.spending().quarantine = null;
        stage.spending().forget(stage.watermark());
        store.put(key(stage), null);
    }

    /// Goes on with the quarantine that an earlier correlator began, unless the correlation or what feeds it was edited
    /// since, or the limit was raised.
    void resume(CorrelationStage stage) {
        stage.spending().limit(budget.nanos());
        byte[] found = store.get(key(stage));
        if (found == null) return;
        Quarantine begun = read(stage.name(), found);
        if (begun.edition().equals(stage.edition()) && exceeds(begun.measured(), limit(begun.reason()))) {
            stage.spending().quarantine = begun;
        } else {
            store.put(key(stage), null);
        }
    }

    private static byte[] key(CorrelationStage stage) {
        return StoreKeys.of(StoreKeys.QUARANTINE, stage.number());
    }

    private byte[] written(Quarantine quarantine) {
        return writer.begin()
                .text(quarantine.edition())
                .text(quarantine.reason().name())
                .word(quarantine.measured())
                .word(quarantine.limit())
                .word(quarantine.from())
                .word(quarantine.until())
                .end();
    }

    private static Quarantine read(String correlation, byte[] written) {
        StateReader in = new StateReader(written);
        String edition = in.text();
        Quarantine.Reason reason = reason(in.text());
        Quarantine read = new Quarantine(correlation, edition, reason, in.word(), in.word(), in.word(), in.word());
        in.end();
        return read;
    }

    private static Quarantine.Reason reason(String name) {
        for (Quarantine.Reason reason : Quarantine.Reason.values())
            if (reason.name().equals(name)) return reason;
        throw new BadStateException("a quarantine for '" + name + "'");
    }
}
