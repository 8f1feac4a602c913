package dev.tiercel.schemas;

import java.util.HashMap;
import java.util.Map;

/// Type of an event parameter, which determines its representation in a batch and its formatting.
public enum ParameterType {
    ERRNO("errno", Carrier.LONG, "result of a call: 0 or a count, or a negative errno"),
    FD("fd", Carrier.LONG, "file descriptor, or a negative errno if it is a result; AT_FDCWD is -100"),
    FDLIST("fdlist", Carrier.STRING, "descriptors and poll flags, as text"),
    PID("pid", Carrier.LONG, "process or thread id, or a negative errno if it is a result"),
    UID("uid", Carrier.LONG, "user id; -1: none or unchanged"),
    GID("gid", Carrier.LONG, "group id; -1: none or unchanged"),
    INT("int", Carrier.LONG, "signed number"),
    UINT("uint", Carrier.LONG, "unsigned number; 64-bit values with the top bit set are negative longs"),
    FLAGS("flags", Carrier.LONG, "bits, the kernel's values"),
    ENUM("enum", Carrier.LONG, "one of several constants, the kernel's value"),
    MODE("mode", Carrier.LONG, "permission bits, the kernel's values"),
    SIGNAL("signal", Carrier.LONG, "signal number"),
    SIGSET("sigset", Carrier.LONG, "set of signals, bit n-1 = signal n"),
    SYSCALL_ID("syscallid", Carrier.LONG, "number of a system call"),
    PORT("port", Carrier.LONG, "port number"),
    ABSTIME("abstime", Carrier.LONG, "nanoseconds since the epoch"),
    RELTIME("reltime", Carrier.LONG, "nanoseconds"),
    STRING("string", Carrier.STRING, "text"),
    PATH("path", Carrier.STRING, "path, as the caller passed it"),
    RELATIVE_PATH("relpath", Carrier.STRING, "path, as the caller passed it; relative to the descriptor before it"),
    BYTES("bytes", Carrier.BYTES, "bytes; a list of strings is NUL-separated"),
    STRINGS("strings", Carrier.BYTES, "list of strings, NUL-separated"),
    SOCKADDR("sockaddr", Carrier.STRING, "address: `1.2.3.4:80`, `[::1]:80` or a unix path"),
    SOCKTUPLE("socktuple", Carrier.STRING, "both ends: `1.2.3.4:5->6.7.8.9:80`, or a unix path"),
    ADDRESS("address", Carrier.BYTES, "IP address, 4 or 16 bytes in network order"),
    DYNAMIC("dyn", Carrier.ANY, "depends on another parameter");

    private static final Map<String, ParameterType> BY_NAME = new HashMap<>();

    static {
        for (ParameterType type : values()) {
            BY_NAME.put(type.typeName, type);
        }
    }

    /// The branch of the Avro union that a value takes; every value may be null (not known) too.
    public enum Carrier {
        LONG,
        STRING,
        BYTES,
        /// Any of the others.
        ANY
    }

    private final String typeName;
    private final Carrier carrier;
    private final String text;

    ParameterType(String typeName, Carrier carrier, String text) {
        this.typeName = typeName;
        this.carrier = carrier;
        this.text = text;
    }

    /// The name in the documentation: `relpath`.
    String typeName() {
        return typeName;
    }

    /// How a value is carried in a batch.
    public Carrier carrier() {
        return carrier;
    }

    /// What a value means, in a few words.
    String text() {
        return text;
    }

    /// The type with this name.
    ///
    /// @throws IllegalArgumentException if there is none
    static ParameterType named(String name) {
        ParameterType type = BY_NAME.get(name);
        if (type == null) {
            throw new IllegalArgumentException("no parameter type is named " + name);
        }
        return type;
    }
}
