package dev.tiercel.collector.node;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What an exec set up; a process shares it with its forked children until they exec.
final class ExecImage {
    /// Longest argv kept, one page, as in Falco.
    static final int ARGV_LIMIT = 4096;

    private static final byte[] NOTHING = {};

    /// An image of which only the name of the calling thread is known.
    static ExecImage named(byte[] comm) {
        return new ExecImage(comm, NOTHING, NOTHING, NOTHING, ExecutableFile.UNKNOWN);
    }

    private final byte[] comm;
    private final byte[] exePath;
    private final byte[] argv;
    private final byte[] environment;
    private final ExecutableFile file;

    /// @param argv NUL-separated
    /// @param environment NUL-separated, filtered
    ExecImage(byte[] comm, byte[] exePath, byte[] argv, byte[] environment, ExecutableFile file) {
        this.comm = comm;
        this.exePath = exePath;
        this.argv = argv.length > ARGV_LIMIT ? Arrays.copyOf(argv, ARGV_LIMIT) : argv;
        this.environment = environment;
        this.file = file;
    }

    byte[] comm() {
        return comm;
    }

    byte[] exePath() {
        return exePath;
    }

    byte[] argv() {
        return argv;
    }

    byte[] environment() {
        return environment;
    }

    ExecutableFile file() {
        return file;
    }

    /// Length of argv[0], with which [#argv] begins.
    int exeLength() {
        int length = 0;
        while (length < argv.length && argv[length] != 0) {
            length++;
        }
        return length;
    }

    /// Approximate heap.
    int sizeBytes() {
        return 160 + comm.length + exePath.length + argv.length + environment.length;
    }

    /// The strings of a NUL-separated area, including a last one without NUL and empty ones between NULs.
    static List<String> split(byte[] area, int from) {
        List<String> parts = new ArrayList<>();
        int start = from;
        for (int i = from; i < area.length; i++) {
            if (area[i] == 0) {
                parts.add(new String(area, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        if (start < area.length) {
            parts.add(new String(area, start, area.length - start, StandardCharsets.UTF_8));
        }
        return parts;
    }
}
