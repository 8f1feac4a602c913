package dev.tiercel.correlation.types;

import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.match.MatchShape;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Looks for what a type of correlation defines, among the matches of one key given in their order. What it has
/// found is used up: only later matches count after that.
public abstract class Automaton {
    /// Takes the next match; returns what it completes.
    public abstract @Nullable Found accept(Match match);

    /// Learns that all matches before `time` were given; returns what is decided by that alone. To be asked again
    /// until it returns null.
    @Nullable
    public Found elapse(long time) {
        return null;
    }

    /// [#elapse(long)] decides something once its time is later.
    public long due() {
        return Long.MAX_VALUE;
    }

    /// Forgets all matches.
    public abstract void forget();

    /// Forgets matches before `time`, which cannot contribute to anything any more.
    public abstract void expire(long time);

    /// The matches that can still contribute, in order: given again after [#forget()] they restore it, but for what
    /// [#save] writes.
    public abstract List<Match> live();

    /// Whether there is nothing that can contribute.
    public boolean isEmpty() {
        return live().isEmpty();
    }

    /// Time of the latest thing it has; [Long#MIN_VALUE]: nothing.
    public long latest() {
        List<Match> live = live();
        return live.isEmpty() ? Long.MIN_VALUE : live.getLast().time();
    }

    /// Time of the earliest thing it has; [Long#MIN_VALUE]: nothing.
    public long earliest() {
        List<Match> live = live();
        return live.isEmpty() ? Long.MIN_VALUE : live.getFirst().time();
    }

    /// How many it has of what it counts: matches or different values.
    public long held() {
        return live().size();
    }

    /// Event time up to which it only learns, and finds nothing; [Long#MIN_VALUE]: it has nothing, or does not learn.
    public long learnsUntil() {
        return Long.MIN_VALUE;
    }

    /// Shows the values that it knows, that which was seen last first.
    public void showLearnt(LearntVisitor visitor) {}

    /// Sees values that were learnt.
    @FunctionalInterface
    public interface LearntVisitor {
        /// Sees one value.
        ///
        /// @param latest event time at which it was seen last
        void visit(FieldValue value, long latest);
    }

    /// Roughly the heap that it takes beside matches that are elsewhere too.
    public abstract int weight();

    /// Whether [#live()] can be much less than what was given.
    public boolean isThin() {
        return false;
    }

    /// Whether matches had to be forgotten that could have contributed to what is found from `time` on.
    public boolean isFloor(long time) {
        return false;
    }

    /// Writes what [#live()] does not tell.
    public void save(StateWriter out) {}

    /// Reads what [#save] wrote.
    public void load(StateReader in, MatchShape shape, List<String> key) {}
}
