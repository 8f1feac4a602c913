package dev.tiercel.collector.node;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Selects the environment variables that may leave the node: environments hold secrets, so only named ones do.
final class EnvironmentFilter {
    private final boolean all;
    private final byte[][] prefixes;

    /// @param names exact names; if `*` is among them, every variable; empty: none
    EnvironmentFilter(List<String> names) {
        all = names.contains("*");
        prefixes = names.stream()
                .map(name -> (name + "=").getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /// The allowed variables of a NUL-separated environment, NUL-separated.
    byte[] filter(byte[] area) {
        if (all || area.length == 0) {
            return area;
        }
        if (prefixes.length == 0) {
            return ProcessState.NOTHING;
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        int start = 0;
        while (start < area.length) {
            int end = end(area, start);
            if (allowed(area, start, end)) {
                kept.write(area, start, end - start);
                kept.write(0);
            }
            start = end + 1;
        }
        return kept.toByteArray();
    }

    private static int end(byte[] area, int start) {
        int end = start;
        while (end < area.length && area[end] != 0) {
            end++;
        }
        return end;
    }

    private boolean allowed(byte[] area, int start, int end) {
        for (byte[] prefix : prefixes) {
            if (end - start >= prefix.length
                    && Arrays.equals(area, start, start + prefix.length, prefix, 0, prefix.length)) {
                return true;
            }
        }
        return false;
    }
}
