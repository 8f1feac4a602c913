package dev.tiercel.collector.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// How the node is remembered.
///
/// @param processes kept at most, living and ended
/// @param processBytes of heap for them, roughly
/// @param exitedGrace how long a process that ended is kept
/// @param environment variables that may be sent; `*`: all
/// @param proc /proc of the host
/// @param etc /etc of the host
/// @param procReadsPerSecond unknown processes looked up in /proc at most in a second; others stay stubs until later
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
}
