package dev.tiercel.collector.node;

import java.util.Arrays;

/// The arguments of a process as they are kept: argv[0] and the others have a bound each, so that a long argv[0] hides
/// no argument.
final class ArgumentVector {
    /// Longest argv[0] that is kept, bytes.
    static final int EXE_LIMIT = 4095;
    /// Most of the other arguments that is kept, bytes; Falco keeps a page too.
    static final int ARGUMENTS_LIMIT = 4096;

    private final byte[] argv;
    private final int truncated;

    private ArgumentVector(byte[] argv, int truncated) {
        this.argv = argv;
        this.truncated = truncated;
    }

    /// NUL-separated, argv[0] first; not a copy.
    byte[] argv() {
        return argv;
    }

    /// Bits of [Truncation].
    int truncated() {
        return truncated;
    }

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
