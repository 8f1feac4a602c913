package dev.tiercel.broker.recovery;

/// How a transaction ended, and so what its marker says.
///
/// @param committed false: aborted
/// @param markerEpoch the producer epoch of the marker; greater than that of the records, since KIP-890
///     has the coordinator raise it at each end
record TransactionOutcome(boolean committed, short markerEpoch) {}
