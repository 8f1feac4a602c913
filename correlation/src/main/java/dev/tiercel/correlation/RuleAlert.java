package dev.tiercel.correlation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An alert of a rule with `suppress`, on its way in or out of a [Correlator], which does not look into it.
///
/// @param rule     name of the rule
/// @param key      values of `by`; an absent one is empty
/// @param id       of the alert
/// @param revision 0 on the way in
/// @param event    what the rule matched
/// @param payload  the alert
/// @param repeats  what was folded into it, at the end of the time; null: nothing, or on the way in
public record RuleAlert(
        String rule,
        List<String> key,
        String id,
        int revision,
        Evidence event,
        byte[] payload,
        @Nullable Repeats repeats) {
    public RuleAlert {
        key = List.copyOf(key);
    }
}
