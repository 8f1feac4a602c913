package dev.tiercel.correlation;

import java.time.Duration;

/// What one correlation may take of a correlator before it is left out for a while. 0: no limit.
///
/// @param matches    matches a second, in the time of the events: a backlog that is worked off fast is no flood
/// @param bytes      of state
/// @param nanos      mean of a match, its share of timers included
/// @param quarantine how long it is left out, in the time of the events
public record Budget(long matches, long bytes, long nanos, Duration quarantine) {
    /// No limits.
    public static final Budget NONE = new Budget(0, 0, 0, Duration.ZERO);

    boolean isUnlimited() {
        return matches == 0 && bytes == 0 && nanos == 0;
    }
}
