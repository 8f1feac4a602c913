package dev.tiercel.detector;

import dev.tiercel.rules.output.OutputField;
import java.util.List;

/// Detections for tests, created without rules.
final class Detections {
    static final long TIME = 1_470_327_477_881_781_397L;

    private Detections() {}

    static Detection of(String text, OutputField... fields) {
        EventLocation place = new EventLocation("events.syscall", 3, 1042, 17);
        Detection.RuleSummary rule = new Detection.RuleSummary(
                "open_from_cat", "00112233445566aa", "Warning", "syscall", List.of("filesystem", "process", "testing"));
        return new Detection(
                AlertId.of(rule.hash(), List.of(place)),
                rule,
                "test-falco-hostname",
                TIME,
                text,
                List.of(fields),
                List.of(place),
                true,
                0,
                null);
    }
}
