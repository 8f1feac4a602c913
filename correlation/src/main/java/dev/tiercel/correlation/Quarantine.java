package dev.tiercel.correlation;

/// A correlation that took more than its [Budget] and is left out: its matches are dropped, what it has stays. The time
/// of what was dropped counts as a gap, so that nothing is concluded from it.
///
/// @param edition  of the correlation; an edited one is in no quarantine
/// @param measured what it took, in the unit of the budget
/// @param limit    of the budget
/// @param from     nanoseconds since the epoch, of events
/// @param until    it ends, at the latest
public record Quarantine(
        String correlation, String edition, Reason reason, long measured, long limit, long from, long until) {
    /// For people: `20000 matches a second, more than 10000`.
    public String text() {
        String text = switch (reason) {
            case MATCHES -> "%d matches a second, more than %d";
            case STATE -> "%d bytes of state, more than %d";
            case TIME -> "%d nanoseconds a match on average, more than %d";
        };
        return text.formatted(measured, limit);
    }

    /// What it took too much of.
    public enum Reason {
        /// Matches a second.
        MATCHES,
        /// Bytes of state.
        STATE,
        /// Mean nanoseconds of a match.
        TIME
    }
}
