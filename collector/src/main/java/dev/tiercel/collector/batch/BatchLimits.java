package dev.tiercel.collector.batch;

import java.time.Duration;

/// When a batch is closed.
///
/// @param events in a batch
/// @param bytes of a batch, before compression; a batch is at most twice as long
/// @param linger how long the first event of a batch waits for others
/// @param containerWait how long a batch waits, at most, for what an engine says of a container in it
public record BatchLimits(int events, int bytes, Duration linger, Duration containerWait) {}
