package dev.tiercel.schemas;

import static dev.tiercel.schemas.ProcessAttribute.Row.number;
import static dev.tiercel.schemas.ProcessAttribute.Row.of;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// What is known of a process: the one table of its attributes, in the order of record `Process` of `SyscallBatch.avsc`
/// after its four indices.
///
/// [ProcessEncoder] and [ProcessView] are loops over it, as are the collector's state of a process and its readers of
/// records and of /proc; the rule fields that show an attribute as it is are registered from it. Tests hold it against
/// the Avro record, `struct kevent_process`, /proc and the catalogue of fields, so a row that lacks its counterpart, or
/// a counterpart that lacks its row, fails one of them. CONTRIBUTING.md says what a new row needs.
public enum ProcessAttribute {
    PID(number("pid").notInProc().lives(Lifetime.PROCESS).field("proc.pid", Row.NOT_NEGATIVE)),
    START_TIME(number("startTime").notInProc().lives(Lifetime.PROCESS).field("proc.pid.ts", Row.NOT_ZERO)),
    NAME(of(Kind.TEXT, "name").lives(Lifetime.IMAGE).field("proc.name")),
    EXE(of(Kind.TEXT, "exe").lives(Lifetime.IMAGE).field("proc.exe")),
    EXE_PATH(of(Kind.TEXT, "exePath").record("exe").lives(Lifetime.IMAGE).field("proc.exepath")),
    ARGUMENTS(of(Kind.TEXTS, "arguments").record("argv").lives(Lifetime.IMAGE)),
    ENVIRONMENT(of(Kind.TEXTS, "environment").record("env").lives(Lifetime.IMAGE)),
    CWD(of(Kind.TEXT, "cwd").record("cwd").field("proc.cwd")),
    CGROUP(of(Kind.TEXT, "cgroup")),
    UID(number("uid").record("euid").proc("status Uid 2").field("user.uid")),
    USER(of(Kind.OPTIONAL_TEXT, "user").field("user.name")),
    GID(number("gid").record("egid").proc("status Gid 2").field("group.gid")),
    GROUP(of(Kind.OPTIONAL_TEXT, "group").field("group.name")),
    LOGIN_UID(number("loginUid").unset(-1).record("loginuid").proc("loginuid").field("user.loginuid")),
    LOGIN_USER(of(Kind.OPTIONAL_TEXT, "loginUser").field("user.loginname")),
    TTY(number("tty").record("tty").proc("stat 7").field("proc.tty")),
    SID(number("sid").record("vsid").proc("status NSsid last").field("proc.sid", Row.NOT_NEGATIVE)),
    PGID(number("pgid").record("pgid").proc("stat 5").field("proc.pgid", Row.NOT_NEGATIVE)),
    VPGID(number("vpgid").record("vpgid").proc("status NSpgid last").field("proc.vpgid", Row.NOT_NEGATIVE)),
    VPID(number("vpid")
            .record("vpid")
            .proc("status NSpid last")
            .lives(Lifetime.PROCESS)
            .field("proc.vpid", Row.NOT_NEGATIVE)),
    CAP_PERMITTED(number("capPermitted").record("cap_permitted").proc("status CapPrm hex")),
    CAP_EFFECTIVE(number("capEffective").record("cap_effective").proc("status CapEff hex")),
    CAP_INHERITABLE(number("capInheritable").record("cap_inheritable").proc("status CapInh hex")),
    EXE_INODE(number("exeInode")
            .record("exe_ino")
            .notInProc()
            .lives(Lifetime.IMAGE)
            .field("proc.exe_ino", Row.NOT_ZERO)),
    EXE_CHANGE_TIME(number("exeChangeTime")
            .record("exe_ctime")
            .notInProc()
            .lives(Lifetime.IMAGE)
            .field("proc.exe_ino.ctime", Row.NOT_ZERO)),
    EXE_MODIFY_TIME(number("exeModifyTime")
            .record("exe_mtime")
            .notInProc()
            .lives(Lifetime.IMAGE)
            .field("proc.exe_ino.mtime", Row.NOT_ZERO)),
    EXE_FLAGS(of(Kind.INT, "exeFlags").record("exe_flags").notInProc().lives(Lifetime.IMAGE)),
    PID_NAMESPACE_START(number("pidNamespaceStart")
            .record("pidns_start")
            .notInProc()
            .field("proc.pidns_init_start_ts", Row.NOT_ZERO)),
    NAMESPACES(of(Kind.NUMBERS, "namespaces")),
    TRUNCATED(of(Kind.INT, "truncated").record("truncated").notInProc()),
    HOME(of(Kind.OPTIONAL_TEXT, "home").field("user.homedir")),
    SHELL(of(Kind.OPTIONAL_TEXT, "shell").field("user.shell")),
    THREADS(of(Kind.INT, "threads")
            .record("threads")
            .proc("status Threads 1")
            .lives(Lifetime.PROCESS)
            .field("proc.nthreads", Row.NOT_ZERO)),
    EXECS(of(Kind.INT, "execs").unset(-1).notInProc().lives(Lifetime.PROCESS));

    /// The Avro type.
    public enum Kind {
        /// long.
        NUMBER,
        /// int.
        INT,
        /// string; empty if it is not set.
        TEXT,
        /// null or string.
        OPTIONAL_TEXT,
        /// array of string.
        TEXTS,
        /// array of long.
        NUMBERS;

        /// Whether it is a single number.
        public boolean isNumber() {
            return this == NUMBER || this == INT;
        }
    }

    /// How long a value holds.
    public enum Lifetime {
        /// From fork to exit: a child does not inherit it.
        PROCESS,
        /// From exec to exec; inherited.
        IMAGE,
        /// Until a call or an exec changes it; inherited.
        CALLS
    }

    private static final long[] UNSET = Arrays.stream(values())
            .filter(a -> a.kind.isNumber())
            .mapToLong(a -> a.row.unset)
            .toArray();

    @SuppressWarnings("ImmutableEnumChecker") // nothing changes a row once its constant is made
    private final Row row;

    private final Kind kind;
    private final int numberSlot;
    private final int otherSlot;

    ProcessAttribute(Row row) {
        this.row = row;
        this.kind = row.kind;
        this.numberSlot = row.numberSlot;
        this.otherSlot = row.otherSlot;
    }

    /// Name of the field in the Avro record.
    public String avroField() {
        return row.name;
    }

    public Kind kind() {
        return kind;
    }

    /// Its place among the single numbers, from 0 without gaps in the table's order; -1: it is none.
    public int numberSlot() {
        return numberSlot;
    }

    /// Its place among all others, from 0 without gaps in the table's order; -1: it is a single number.
    public int otherSlot() {
        return otherSlot;
    }

    /// The number while nothing set it.
    public long unset() {
        return row.unset;
    }

    /// The field of `struct kevent_process`, or its string without `_len`; empty: the collector makes it of others.
    public Optional<String> recordField() {
        return Optional.ofNullable(row.record);
    }

    /// Where /proc/PID has the number; empty: not there, or not as it is, which the row must say.
    ///
    /// Of `stat` a value by its number in proc(5): `stat 7`. Of `status` a column, the last column or a hexadecimal
    /// value by the name of its line: `status Uid 2`, `status NSpid last`, `status CapEff hex`. Else a file that
    /// has nothing but the number: `loginuid`.
    public Optional<String> procPlace() {
        return Optional.ofNullable(row.proc).filter(place -> !place.isEmpty());
    }

    /// Whether the row says where /proc has the number, or that it has not.
    boolean saysWhereInProc() {
        return row.proc != null;
    }

    public Lifetime lifetime() {
        return row.lifetime;
    }

    /// The rule field that shows it as it is; empty: none, or one that is made of it.
    public Optional<String> ruleField() {
        return Optional.ofNullable(row.ruleField);
    }

    /// Whether [#ruleField] has this number for a value; it is absent otherwise.
    public boolean shows(long value) {
        return row.shown.test(value);
    }

    /// The numbers of a process of which nothing is known, by [#numberSlot].
    public static long[] unsetNumbers() {
        return UNSET.clone();
    }

    /// Attributes that are no single numbers.
    public static int otherCount() {
        return Row.others;
    }

    /// What one line of the table says; what it does not say is as for most.
    static final class Row {
        static final LongPredicate NOT_ZERO = value -> value != 0;
        static final LongPredicate NOT_NEGATIVE = value -> value >= 0;
        private static int numbers;
        private static int others;

        private final Kind kind;
        private final String name;
        private final int numberSlot;
        private final int otherSlot;
        private long unset;
        private @Nullable String record;
        private @Nullable String proc;
        private Lifetime lifetime = Lifetime.CALLS;
        private @Nullable String ruleField;
        private LongPredicate shown = _ -> true;

        private Row(Kind kind, String name) {
            this.kind = kind;
            this.name = name;
            this.numberSlot = kind.isNumber() ? numbers++ : -1;
            this.otherSlot = kind.isNumber() ? -1 : others++;
        }

        static Row of(Kind kind, String name) {
            return new Row(kind, name);
        }

        static Row number(String name) {
            return of(Kind.NUMBER, name);
        }

        Row unset(long value) {
            unset = value;
            return this;
        }

        Row record(String field) {
            record = field;
            return this;
        }

        Row proc(String place) {
            proc = place;
            return this;
        }

        /// /proc does not have it as it is: a process that no record told of lacks it, or the collector makes it.
        Row notInProc() {
            return proc("");
        }

        Row lives(Lifetime value) {
            lifetime = value;
            return this;
        }

        Row field(String name) {
            ruleField = name;
            return this;
        }

        Row field(String name, LongPredicate values) {
            shown = values;
            return field(name);
        }
    }
}
