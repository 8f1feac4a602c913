package dev.tiercel.sinks.plan;

import dev.tiercel.sinks.receiver.Receiver;
import java.time.Duration;

/// An output.
///
/// @param name        unique; its consumer group is called after it
/// @param type        `file`, `webhook` …
/// @param giveUpAfter how long it is tried to deliver an alert
public record OutputPlan(String name, String type, Receiver receiver, Duration giveUpAfter) {}
