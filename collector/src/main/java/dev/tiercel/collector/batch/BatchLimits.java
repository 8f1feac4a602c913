package dev.tiercel.collector.batch;

import java.time.Duration;

/// When a batch is closed.
///
/// @param events most events in a batch
/// @param bytes size at which a batch is closed, before compression; it never exceeds twice this
/// @param linger how long the first event waits for more, if no batch was closed lately
/// @param interval least time from one batch of a lane to the next, unless it is full; half of it if it has many events
/// @param containerWait longest time that a batch waits for an engine to describe one of its containers
public record BatchLimits(int events, int bytes, Duration linger, Duration interval, Duration containerWait) {}
