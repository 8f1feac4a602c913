package dev.tiercel.correlation;

/// What became of the matches of one correlation since the correlator was made.
///
/// @param matches      used
/// @param late         later than grace, not used
/// @param duplicates   already there
/// @param dropped      not kept, or kept no longer, since their key had too many
/// @param refused      dropped since the correlation was in quarantine
/// @param unconcluded  absences that were not concluded because of a gap
/// @param alerts       raised, not counting their later revisions
/// @param revisions    later revisions of alerts
/// @param timerNanos   time that its timers took, nanoseconds
/// @param keys         keys that have a state in the store, of earlier correlators too
/// @param bytes        of these states
public record CorrelationCounts(
        long matches,
        long late,
        long duplicates,
        long dropped,
        long refused,
        long unconcluded,
        long alerts,
        long revisions,
        long timerNanos,
        long keys,
        long bytes) {}
