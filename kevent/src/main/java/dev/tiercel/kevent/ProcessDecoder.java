package dev.tiercel.kevent;

/// A process, whole: `KEVENT_EXEC` and `KEVENT_PROCESS`. `struct kevent_process` of `probe-c/include/kevent.h`, in
/// place: valid until the handler returns. The first 64 bytes are the header, whose accessors this type has too.
///
/// Numbers and strings are read by their name in C, as [#field] finds it in `kevent.layout`; what code asks for by name
/// has an accessor besides. The strings follow the struct back to back, in the order of its `_len` fields.
public final class ProcessDecoder extends HeaderDecoder {
    private static final AbiLayout.Struct STRUCT = AbiLayout.read().struct("kevent_process");
    /// Bytes of the struct, without the strings.
    public static final int SIZE = STRUCT.size();

    static final int FIRST_LEN = STRUCT.lengths().getFirst().offset();
    static final int LAST_LEN = STRUCT.lengths().getLast().offset();

    private static final ProcessField PARENT_START = field("parent_start");
    private static final ProcessField PPID = field("ppid");
    private static final ProcessField NR = field("nr");
    private static final ProcessField EXE = field("exe");
    private static final ProcessField CWD = field("cwd");
    private static final ProcessField FILENAME = field("filename");
    private static final ProcessField CGROUP = field("cgroup");
    private static final ProcessField ARGV = field("argv");
    private static final ProcessField ENV = field("env");

    /// The number or the string with this name in `struct kevent_process`; a string's is without `_len`.
    ///
    /// @throws IllegalArgumentException if the struct has no such field
    public static ProcessField field(String name) {
        return STRUCT.fields().stream()
                .filter(field -> field.name().equals(name) || field.name().equals(name + "_len"))
                .findFirst()
                .map(field -> new ProcessField(name, field.offset(), field.size(), field.isLength()))
                .orElseThrow(() -> new IllegalArgumentException("struct kevent_process has no field " + name));
    }

    /// The number, unsigned; one of 8 bytes as it is. A signed one has 8 bytes.
    public long number(ProcessField field) {
        int at = field.offset();
        long word = LittleEndian.int64(buffer, offset + (at & -Long.BYTES)); // no field lies across two
        return word >>> (at % Long.BYTES * Byte.SIZE) & -1L >>> (Long.SIZE - field.size() * Byte.SIZE);
    }

    /// Where the string begins.
    public int offset(ProcessField string) {
        int at = offset + SIZE;
        for (int length = FIRST_LEN; length < string.offset(); length += Short.BYTES) {
            at += LittleEndian.unsigned16(buffer, offset + length);
        }
        return at;
    }

    /// Bytes of the string.
    public int length(ProcessField string) {
        return LittleEndian.unsigned16(buffer, offset + string.offset());
    }

    public byte[] bytes(ProcessField string) {
        return LittleEndian.bytes(buffer, offset(string), length(string));
    }

    /// When the parent's thread group leader started, nanoseconds since boot; 0 without a parent.
    public long parentStart() {
        return number(PARENT_START);
    }

    /// Thread group id of the real parent; 0 without a parent.
    public int ppid() {
        return (int) number(PPID);
    }

    /// Number of execve or execveat; 0 in a snapshot.
    public int nr() {
        return (int) number(NR);
    }

    public int exeOffset() {
        return offset(EXE);
    }

    public int exeLength() {
        return length(EXE);
    }

    public byte[] exeBytes() {
        return bytes(EXE);
    }

    public int cwdOffset() {
        return offset(CWD);
    }

    public int cwdLength() {
        return length(CWD);
    }

    public byte[] cwdBytes() {
        return bytes(CWD);
    }

    public int filenameOffset() {
        return offset(FILENAME);
    }

    public int filenameLength() {
        return length(FILENAME);
    }

    public int cgroupOffset() {
        return offset(CGROUP);
    }

    public int cgroupLength() {
        return length(CGROUP);
    }

    public byte[] cgroupBytes() {
        return bytes(CGROUP);
    }

    public int argvOffset() {
        return offset(ARGV);
    }

    public int argvLength() {
        return length(ARGV);
    }

    public byte[] argvBytes() {
        return bytes(ARGV);
    }

    public int envOffset() {
        return offset(ENV);
    }

    public int envLength() {
        return length(ENV);
    }

    public byte[] envBytes() {
        return bytes(ENV);
    }
}
