package dev.tiercel.correlation;

import dev.tiercel.rules.correlation.CorrelationType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the correlations of one correlator stand at a moment. Immutable.
///
/// @param watermarks by source, nanoseconds since the epoch: nothing earlier counts; [Long#MIN_VALUE]: not all
///                   partitions of the source have said their time
public record Standing(List<OfCorrelation> correlations, Map<String, Long> watermarks) {
    public Standing {
        correlations = List.copyOf(correlations);
        watermarks = Map.copyOf(watermarks);
    }

    /// How one stands.
    ///
    /// @param watermark nothing earlier can come from its steps; [Long#MIN_VALUE]: not known
    /// @param settled   its timers have fired up to this time, at most `watermark`
    /// @param quarantine why and how long it is left out; null: it is not
    public record OfCorrelation(
            String name,
            CorrelationType type,
            CorrelationCounts counts,
            long watermark,
            long settled,
            @Nullable Quarantine quarantine) {
        /// Nanoseconds that its timers are late.
        public long behind() {
            return settled == Long.MIN_VALUE || watermark == Long.MIN_VALUE ? 0 : watermark - settled;
        }
    }
}
