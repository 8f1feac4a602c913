package dev.tiercel.collector.capture;

import java.util.Optional;

/// Whether the kernel accepted an eBPF program of the probe.
///
/// @param name as in the object file
/// @param refusal why the kernel refused it; empty: it is attached
public record ProgramStatus(String name, Optional<String> refusal) {
    /// Parses a line of `probe_programs`: `name attached` or `name refused: reason`.
    static ProgramStatus parse(String line) {
        int space = line.indexOf(' ');
        String name = space < 0 ? line : line.substring(0, space);
        String state = space < 0 ? "no state given" : line.substring(space + 1);
        return new ProgramStatus(
                name, state.equals("attached") ? Optional.empty() : Optional.of(state.replaceFirst("^refused: ", "")));
    }

    public boolean attached() {
        return refusal.isEmpty();
    }
}
