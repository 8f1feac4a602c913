package dev.tiercel.broker.recovery;

/// How a transaction ended, and so what its marker has to say.
///
/// @param committed false if aborted
/// @param markerEpoch producer epoch of the marker; higher than that of the records, because the coordinator bumps it
///     at the end of each transaction (KIP-890)
record TransactionOutcome(boolean committed, short markerEpoch) {}
