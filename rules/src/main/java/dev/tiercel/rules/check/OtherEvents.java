package dev.tiercel.rules.check;

import java.util.Set;

/// Names of event types that rules may use although no sensor event has them: other system calls, events of plugins,
/// entries of Falco's table that never occur.
final class OtherEvents {

    /// As in the resource `other-events.txt`, one a line.
    static final Set<String> NAMES = Set.copyOf(ResourceLines.of("other-events.txt"));

    private OtherEvents() {}
}
