package dev.tiercel.correlation.types;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.Match;
import java.util.List;

/// What a correlation looks for, found among the matches of a key.
///
/// @param last     the latest match of it
/// @param evidence the matches, in order; some of them if they are too many
/// @param time     of the alert
/// @param count    matches, or what is computed of them
/// @param floor    whether there may be more
/// @param events   number of matches
public record Found(Match last, List<Match> evidence, long time, double count, boolean floor, long events) {
    /// All of `evidence`, at the time of the last.
    public static Found of(List<Match> evidence, double count) {
        Match last = evidence.getLast();
        return new Found(last, evidence, last.time(), count, false, evidence.size());
    }

    /// Time of the first match.
    public long from() {
        return evidence.getFirst().time();
    }

    /// Nearly unique: of the events and what they count.
    public long fingerprint() {
        long hash = Long.hashCode(time) + 31L * Double.hashCode(count);
        for (Match match : evidence) {
            Evidence event = match.evidence();
            hash = (hash ^ event.time()) * 0x9e3779b97f4a7c15L + match.step();
            hash = (hash ^ hash >>> 29)
                    + (event.identity().isEmpty()
                            ? address(event)
                            : event.identity().hashCode());
        }
        return hash;
    }

    private static long address(Evidence event) {
        return (event.offset() * 31 + event.index()) * 31 + event.partition();
    }
}
