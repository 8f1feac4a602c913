package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.state.BadStateException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// Takes what a [Correlator] makes. Called while one of its methods runs, so it must not call the correlator: what
/// it has to be told, matches above all, comes after that method returned.
public interface CorrelationOutput {
    /// An alert, or a later revision of it.
    void alert(CorrelatedAlert alert);

    /// The alert of a rule with `suppress`: at once if it is the first, again as a later revision with the others.
    void ruleAlert(RuleAlert alert);

    /// An alert of a correlation with `suppress`, to be given to [Correlator#suppress] of the correlator of its key.
    void fold(RuleAlert alert);

    /// A final alert as the match of another correlation; it is to be given to the correlator of its key.
    void match(Match match);

    /// How far a correlation has come that others have as a step, or that has `suppress`: to be given to
    /// [Correlator#clock] of the correlators of all keys, after what [#match] and [#fold] were given before.
    ///
    /// @param source [Correlator#alertsOf] it
    void settled(String source, long time);

    /// Alerts of a correlation that others have as a step may be missing in a span of time: to be given to
    /// [Correlator#gap] of the correlators of all keys, before what [#settled] says next.
    ///
    /// @param source [Correlator#alertsOf] it
    /// @param to     included
    void missing(String source, long from, long to);

    /// A correlation took more than its [Budget], and is left out from now on.
    void quarantined(Quarantine begun);

    /// A match that came later than its source's grace, and was not used.
    ///
    /// @param watermark of its source, nanoseconds since the epoch
    void late(Match match, long watermark);

    /// A state that cannot be read. Its key begins anew.
    ///
    /// @param key in the store; the id, if it is an alert that waited to be folded
    void corrupt(byte[] key, byte[] state, BadStateException reason);

    /// The output of a correlator that has all keys, and its states in memory: what it makes for itself is given back
    /// to it, in order. Not thread-safe.
    abstract class Looped implements CorrelationOutput {
        private final Deque<Consumer<Correlator>> pending = new ArrayDeque<>();

        /// Gives the correlator what it has made for itself; called after each of its methods that take something.
        public final void giveBack(Correlator correlator) {
            while (!pending.isEmpty()) pending.remove().accept(correlator);
        }

        /// Fires all timers that are due, and those that follow from what they make.
        ///
        /// @param limit timers that are fired at once
        public final void pass(Correlator correlator, int limit) {
            boolean more = true;
            while (more) {
                more = correlator.pass(limit) || !pending.isEmpty();
                giveBack(correlator);
            }
        }

        @Override
        public final void fold(RuleAlert alert) {
            pending.add(next -> next.suppress(alert));
        }

        @Override
        public final void match(Match match) {
            pending.add(next -> next.match(match));
        }

        @Override
        public final void settled(String source, long time) {
            pending.add(next -> next.clock(source, 0, 1, time));
        }

        @Override
        public final void missing(String source, long from, long to) {
            pending.add(next -> next.gap(source, from, to));
        }

        /// Only with a [Budget].
        @Override
        public void quarantined(Quarantine begun) {}

        @Override
        public final void corrupt(byte[] key, byte[] state, BadStateException reason) {
            throw new IllegalStateException("a state in memory", reason);
        }
    }
}
