package dev.tiercel.correlation;

import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.correlation.match.MatchList;
import dev.tiercel.correlation.state.BadStateException;
import dev.tiercel.correlation.state.StateReader;
import dev.tiercel.correlation.state.StateWriter;
import dev.tiercel.correlation.types.FirstSeen;
import dev.tiercel.correlation.types.Found;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Alerts of `first_seen` that were raised before all that comes before them is known, since nothing of it can deny
/// them: an earlier match of the value only takes the place of the later one.
final class Foreseen {
    private final FirstSeen firstSeen;
    private final long timespan;
    private final Map<FieldValue, Raised> byValue = new HashMap<>();

    Foreseen(FirstSeen firstSeen, long timespan) {
        this.firstSeen = firstSeen;
        this.timespan = timespan;
    }

    /// Whether an alert of `match`, which waits, can be raised at once.
    ///
    /// @param waiting   the matches that are not final, with it
    /// @param watermark nothing earlier can come
    boolean isSure(Match match, List<Match> waiting, long watermark) {
        FieldValue value = firstSeen.value(match);
        if (byValue.containsKey(value) || !firstSeen.isSureToBeNew(match, watermark)) return false;
        for (Match other : waiting) {
            if (other.compareTo(match) != 0 && firstSeen.value(other).equals(value)) return false;
        }
        return true;
    }

    void add(Raised alert) {
        byValue.put(firstSeen.value(alert.found.last()), alert);
    }

    /// The alert that was raised for what turns out to be `found`; null: none was.
    @Nullable
    Raised take(Found found) {
        FieldValue value = firstSeen.value(found.last());
        Raised alert = byValue.get(value);
        if (alert == null || alert.found.last().time() - timespan > found.last().time()) return null;
        return byValue.remove(value);
    }

    /// Forgets an alert that was not found, since the correlation was edited meanwhile.
    void passed(Match match) {
        Raised alert = byValue.get(firstSeen.value(match));
        if (alert != null && alert.found.last().compareTo(match) <= 0) byValue.remove(firstSeen.value(match));
    }

    /// The alert that was raised for `before`, in whose place is `now`, which has the same value; null: none was.
    @Nullable
    Raised replaced(Match before, Match now) {
        Raised alert = byValue.get(firstSeen.value(before));
        if (alert == null || alert.found.last().compareTo(before) != 0) return null;
        alert.found = FirstSeen.found(now, false);
        return alert;
    }

    int size() {
        return byValue.size();
    }

    void save(StateWriter out, MatchList waiting) {
        out.number(byValue.size());
        for (Raised alert : byValue.values()) {
            out.text(alert.id).number(alert.revision).flag(alert.complete);
            out.number(waiting.search(alert.found.last()));
        }
    }

    void load(StateReader in, MatchList waiting) {
        for (int left = in.size(); left > 0; left--) {
            String id = in.text();
            int revision = in.number(Integer.MAX_VALUE);
            boolean complete = in.flag();
            int index = in.number(Integer.MAX_VALUE);
            if (index >= waiting.size()) throw new BadStateException("evidence " + index);
            Raised alert = new Raised(FirstSeen.found(waiting.get(index), false), id, complete);
            alert.revision = revision;
            add(alert);
        }
    }
}
