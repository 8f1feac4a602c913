/// The engine of correlations: turns matches of rules over time into alerts. Pure: no Kafka, no threads, no clock of
/// its own; the same calls in the same order give the same results.
///
/// Door: [dev.tiercel.correlation.Correlator]. Matches are made by a [dev.tiercel.correlation.match.MatchMaker],
/// state is kept in a [dev.tiercel.correlation.state.StateStore].
@NullMarked
package dev.tiercel.correlation;

import org.jspecify.annotations.NullMarked;
