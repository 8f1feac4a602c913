package dev.tiercel.rules.yaml;

/// What a rule says of keeping the events after a match; 0: as configured.
///
/// @param enabled whether they are kept at all
/// @param events unsigned, like the size
/// @param fileSize of the file, in kB
public record Capture(boolean enabled, long millis, long events, long fileSize) {

    static final Capture NONE = new Capture(false, 0, 0, 0);
}
