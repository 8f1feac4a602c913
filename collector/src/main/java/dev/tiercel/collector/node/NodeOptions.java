package dev.tiercel.collector.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Options of the node's state.
///
/// @param processes most processes kept, alive and exited
/// @param processBytes approximate heap for them
/// @param exitedGrace how long an exited process is kept
/// @param environment variables that may be sent; `*`: all
/// @param proc the host's /proc
/// @param etc the host's /etc
/// @param procReadsPerSecond most /proc lookups per second; other unknown processes stay stubs for now
public record NodeOptions(
        int processes,
        long processBytes,
        Duration exitedGrace,
        List<String> environment,
        Path proc,
        Path etc,
        int procReadsPerSecond) {
    public NodeOptions {
        environment = List.copyOf(environment);
    }

    /// The same with another /proc.
    public NodeOptions withProc(Path directory) {
        return new NodeOptions(processes, processBytes, exitedGrace, environment, directory, etc, procReadsPerSecond);
    }
}
