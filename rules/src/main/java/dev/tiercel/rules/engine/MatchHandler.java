package dev.tiercel.rules.engine;

/// Receives the rules an event matches, in load order.
@FunctionalInterface
public interface MatchHandler {
    /// Called while the row still holds the event.
    void onMatch(Rule rule);
}
