package dev.tiercel.rules.engine;

/// Receives the rules that an event matches, in load order.
@FunctionalInterface
public interface MatchHandler {
    /// Called while the row is still on the event.
    void onMatch(Rule rule);
}
