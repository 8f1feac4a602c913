package dev.tiercel.detector.correlate;

/// The plans of the rules in force. Thread-safe.
public interface PlansInForce {
    /// Those of now; the same object as long as the rules are the same.
    Plans plans();

    /// Waits until the rules of `version` are in force, or have been; gives up after a few seconds, and at once if
    /// it has given up on the same version before.
    void await(String version);
}
