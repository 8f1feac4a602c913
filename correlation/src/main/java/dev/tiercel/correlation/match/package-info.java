/// Matches, the evidence and the values that they carry, and how they are made of events and read as rows. Door:
/// [dev.tiercel.correlation.match.MatchMaker].
@NullMarked
package dev.tiercel.correlation.match;

import org.jspecify.annotations.NullMarked;
