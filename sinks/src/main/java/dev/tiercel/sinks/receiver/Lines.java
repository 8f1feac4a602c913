package dev.tiercel.sinks.receiver;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/// Helps receivers that take lines.
final class Lines {
    /// Notices that are written at once.
    static final int BATCH = 500;

    private Lines() {}

    /// The lines of notices, each with a line feed, UTF-8.
    static byte[] of(List<Notice> notices, LineForm form) {
        StringBuilder lines = new StringBuilder();
        for (Notice notice : notices) lines.append(form.of(notice)).append('\n');
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// All have arrived.
    static List<DeliveryResult> delivered(List<Notice> notices) {
        return Collections.nCopies(notices.size(), DeliveryResult.DELIVERED);
    }
}
