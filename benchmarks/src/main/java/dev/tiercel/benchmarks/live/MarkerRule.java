package dev.tiercel.benchmarks.live;

import java.nio.file.Path;

/// The rule that makes an alert of each marker file that [OpenLoad] opens.
final class MarkerRule {
    static final String NAME = "Marker opened";

    /// Beginning of the name of a marker file; its number follows.
    static final String FILE = "marker-";

    private MarkerRule() {}

    /// A rules file with this rule, for the markers in `folder`.
    static String text(Path folder) {
        return """
                - rule: %s
                  desc: The benchmark's own.
                  condition: evt.type in (open, openat, openat2) and fd.name startswith %s/%s
                  output: Marker opened (file=%%fd.name)
                  priority: NOTICE
                """.formatted(NAME, folder, FILE);
    }
}
