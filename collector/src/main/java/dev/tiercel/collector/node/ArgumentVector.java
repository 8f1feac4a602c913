package dev.tiercel.collector.node;

import java.util.Arrays;

/// The arguments of a process as they are kept: argv[0] and the others have a bound each, so that a long argv[0] hides
/// no argument.
///
/// @param argv NUL-separated, argv[0] first
/// @param truncated bits of [Truncation]
record ArgumentVector(byte[] argv, int truncated) {
    /// Longest argv[0] that is kept, bytes.
    static final int EXE_LIMIT = 4095;
    /// Most of the other arguments that is kept, bytes; Falco keeps a page too.
    static final int ARGUMENTS_LIMIT = 4096;

    /// Cuts the arguments to their bounds; the same array if they are within them.
    static ArgumentVector of(byte[] area) {
        int end = end(area);
        int exe = Math.min(end, EXE_LIMIT);
        int rest = area.length - Math.min(area.length, end + 1);
        int kept = Math.min(rest, ARGUMENTS_LIMIT);
        int truncated = (exe < end ? Truncation.EXE : 0) | (kept < rest ? Truncation.ARGUMENTS : 0);
        if (truncated == 0) {
            return new ArgumentVector(area, 0);
        }
        byte[] argv = Arrays.copyOf(area, exe + 1 + kept);
        argv[exe] = 0;
        System.arraycopy(area, area.length - rest, argv, exe + 1, kept);
        return new ArgumentVector(argv, truncated);
    }

    private static int end(byte[] area) {
        int end = 0;
        while (end < area.length && area[end] != 0) {
            end++;
        }
        return end;
    }
}
