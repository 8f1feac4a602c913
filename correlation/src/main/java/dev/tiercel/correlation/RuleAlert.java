package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Evidence;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An alert of a rule or correlation with `suppress`, on its way in or out of a [Correlator], which does not look
/// into a rule's.
///
/// @param rule     name of the rule; for a correlation: [Correlator#alertsOf] it
/// @param key      values of `by`; an absent one is empty
/// @param id       of the alert
/// @param revision 0 on the way in, for a rule
/// @param time     of the alert, nanoseconds since the epoch
/// @param event    the latest of the events that it is about
/// @param payload  the alert
/// @param repeats  what was folded into it, at the end of the time; null: nothing, or on the way in
@SuppressWarnings("ArrayRecordComponent") // nobody compares alerts
public record RuleAlert(
        String rule,
        List<String> key,
        String id,
        int revision,
        long time,
        Evidence event,
        byte[] payload,
        @Nullable Repeats repeats) {
    public RuleAlert {
        key = List.copyOf(key);
    }
}
