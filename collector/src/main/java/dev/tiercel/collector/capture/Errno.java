package dev.tiercel.collector.capture;

/// The error numbers of Linux that the probe's functions return.
final class Errno {
    static final int EINTR = 4;

    private Errno() {}

    static String name(int number) {
        return switch (number) {
            case 1 -> "EPERM (not permitted: it needs CAP_BPF and CAP_PERFMON)";
            case EINTR -> "EINTR";
            case 12 -> "ENOMEM";
            case 13 -> "EACCES";
            case 22 -> "EINVAL";
            case 38 -> "ENOSYS (this kernel does not offer it)";
            default -> "errno " + number;
        };
    }
}
