package dev.tiercel.correlation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks for what a type of correlation defines, among the matches of one key given in their order. What it has
/// found is used up: only later matches count after that.
abstract class Automaton {
    /// Takes the next match; returns what it completes.
    abstract @Nullable Found accept(Match match);

    /// Learns that all matches before `time` were given; returns what is decided by that alone. To be asked again
    /// until it returns null.
    @Nullable
    Found elapse(long time) {
        return null;
    }

    /// [#elapse(long)] decides something once its time is later.
    long due() {
        return Long.MAX_VALUE;
    }

    /// Forgets all matches.
    abstract void forget();

    /// Forgets matches before `time`, which cannot contribute to anything any more.
    abstract void expire(long time);

    /// The matches that can still contribute, in order: given again after [#forget()] they restore it, but for what
    /// [#save] writes.
    abstract List<Match> live();

    /// Whether there is nothing that can contribute.
    boolean isEmpty() {
        return live().isEmpty();
    }

    /// Time of the latest thing it has; [Long#MIN_VALUE]: nothing.
    long latest() {
        List<Match> live = live();
        return live.isEmpty() ? Long.MIN_VALUE : live.getLast().time();
    }

    /// Roughly the heap that it takes beside matches that are elsewhere too.
    abstract int weight();

    /// Whether [#live()] can be much less than what was given.
    boolean isThin() {
        return false;
    }

    /// Whether matches had to be forgotten that could have contributed to what is found from `time` on.
    boolean isFloor(long time) {
        return false;
    }

    void save(StateWriter out) {}

    void load(StateReader in, CorrelationStage stage, List<String> key) {}
}
