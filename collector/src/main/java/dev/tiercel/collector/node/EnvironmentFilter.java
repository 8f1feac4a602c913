package dev.tiercel.collector.node;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Which environment variables may leave the node: environments hold secrets, so only named ones do.
public final class EnvironmentFilter {
    private final boolean all;
    private final byte[][] prefixes;

    /// @param names exact names; `*` alone: every variable; empty: none
    public EnvironmentFilter(List<String> names) {
        all = names.contains("*");
        prefixes = names.stream()
                .map(name -> (name + "=").getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /// The allowed ones of a NUL-separated area, NUL-separated.
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
            int end = start;
            while (end < area.length && area[end] != 0) {
                end++;
            }
            if (allowed(area, start, end)) {
                kept.write(area, start, end - start);
                kept.write(0);
            }
            start = end + 1;
        }
        return kept.toByteArray();
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
