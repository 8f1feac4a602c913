package dev.tiercel.correlation;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.rules.output.Output;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An alert of a correlation. A later revision with the same id replaces it.
///
/// @param correlation its name
/// @param hash        of the correlation that raised it
/// @param id          32 hexadecimal digits, derived from the evidence at the first revision
/// @param revision    from 0
/// @param key         values of `group-by`
/// @param time        of the match that completed it, or of the end of the time that it waited for; nanoseconds since
///                    the epoch
/// @param evidence    the events, by time, and the step that each is for; at most 1,000
/// @param output      rendered over the evidence
/// @param complete    false: a source of it had a gap within the window, or matches had to be dropped
/// @param count       matches, different values, or what the type computes over the field
/// @param floor       whether there may be more than `count`, since not all could be kept
/// @param events      number of events, of which `evidence` may be a sample
/// @param repeats     what `suppress` folded into it, at the end of its time; null: nothing
public record CorrelatedAlert(
        String correlation,
        String hash,
        String id,
        int revision,
        List<String> key,
        long time,
        List<Contribution> evidence,
        Output output,
        boolean complete,
        double count,
        boolean floor,
        long events,
        @Nullable Repeats repeats) {
    public CorrelatedAlert {
        key = List.copyOf(key);
        evidence = List.copyOf(evidence);
    }

    /// An event and what it contributes to.
    ///
    /// @param step its id
    public record Contribution(String step, Evidence event) {}

    /// The same with what was folded into it, as a later revision of `id`.
    CorrelatedAlert revised(String newId, int newRevision, @Nullable Repeats folded) {
        return new CorrelatedAlert(
                correlation,
                hash,
                newId,
                newRevision,
                key,
                time,
                evidence,
                output,
                complete,
                count,
                floor,
                events,
                folded);
    }
}
