package dev.tiercel.collector.capture;

import java.util.Optional;

/// An eBPF program of the probe, and why this kernel refused it if it did.
///
/// @param name as in the object file
/// @param refusal the reason; empty: the program is attached
public record ProgramStatus(String name, Optional<String> refusal) {
    /// Reads a line of `probe_programs`: `name attached` or `name refused: reason`.
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
