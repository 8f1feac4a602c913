package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Evidence;
import java.util.List;

/// What `suppress` folded into an alert, which is among it.
///
/// @param count     of alerts
/// @param firstTime of the earliest, nanoseconds since the epoch
/// @param lastTime  of the latest
/// @param sample    events of some of them, the earliest first
public record Repeats(long count, long firstTime, long lastTime, List<Evidence> sample) {
    public Repeats {
        sample = List.copyOf(sample);
    }
}
