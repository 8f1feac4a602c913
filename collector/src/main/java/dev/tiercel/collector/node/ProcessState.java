package dev.tiercel.collector.node;

import static dev.tiercel.schemas.ProcessAttribute.ARGUMENTS;
import static dev.tiercel.schemas.ProcessAttribute.CGROUP;
import static dev.tiercel.schemas.ProcessAttribute.CWD;
import static dev.tiercel.schemas.ProcessAttribute.EXE;
import static dev.tiercel.schemas.ProcessAttribute.GID;
import static dev.tiercel.schemas.ProcessAttribute.GROUP;
import static dev.tiercel.schemas.ProcessAttribute.HOME;
import static dev.tiercel.schemas.ProcessAttribute.LOGIN_UID;
import static dev.tiercel.schemas.ProcessAttribute.LOGIN_USER;
import static dev.tiercel.schemas.ProcessAttribute.NAMESPACES;
import static dev.tiercel.schemas.ProcessAttribute.PID;
import static dev.tiercel.schemas.ProcessAttribute.SHELL;
import static dev.tiercel.schemas.ProcessAttribute.START_TIME;
import static dev.tiercel.schemas.ProcessAttribute.TRUNCATED;
import static dev.tiercel.schemas.ProcessAttribute.UID;
import static dev.tiercel.schemas.ProcessAttribute.USER;

import dev.tiercel.collector.container.AccountNames;
import dev.tiercel.collector.container.Cgroup;
import dev.tiercel.collector.container.ContainerEntry;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.ProcessAttribute.Kind;
import dev.tiercel.schemas.ProcessAttribute.Lifetime;
import dev.tiercel.schemas.ProcessEncoder;
import dev.tiercel.schemas.RawText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The attributes of a process between two changes, by [ProcessAttribute]: what its events of that time report.
///
/// Immutable once it is a process's current state: a change is a [#copy] with other values. So a batch may keep a state
/// while the process continues, and its encoding is made once.
public final class ProcessState {
    static final byte[] NOTHING = {};
    static final long[] NO_NAMESPACES = new long[7];
    /// Made of others when encoded.
    private static final Set<ProcessAttribute> MADE = Set.of(EXE, ARGUMENTS, CGROUP);

    private static final ProcessAttribute[] TEXTS = Arrays.stream(ProcessAttribute.values())
            .filter(attribute -> attribute.kind() == Kind.TEXT || attribute.kind() == Kind.TEXTS)
            .filter(attribute -> !MADE.contains(attribute))
            .toArray(ProcessAttribute[]::new);
    private static final int[] NOT_INHERITED = Arrays.stream(ProcessAttribute.values())
            .filter(attribute -> attribute.lifetime() == Lifetime.PROCESS)
            .mapToInt(ProcessAttribute::numberSlot)
            .toArray();
    private static final long[] UNSET = ProcessAttribute.unsetNumbers();
    private static final long[] NO_PLACES = {};

    final int pid;
    /// Nanoseconds since the epoch.
    final long startTime;
    private final long[] numbers;
    /// As the kernel has them; arguments (argv[0] first) and environment are NUL-separated.
    private final byte[][] texts;
    Cgroup cgroup = Cgroup.UNKNOWN;
    /// Session id in the initial pid namespace: that of the leader.
    int sid;
    /// mnt, pid, net, user, uts, ipc, cgroup; 0: unknown. Shared, never modified.
    long[] namespaces = NO_NAMESPACES;

    private byte @Nullable [] body;
    private @Nullable AccountNames bodyAccounts;
    private @Nullable AccountNames bodyHost;
    private long[] places = NO_PLACES;

    ProcessState(int pid, long startTime) {
        this(pid, startTime, UNSET.clone(), new byte[ProcessAttribute.otherCount()][]);
        Arrays.fill(texts, NOTHING);
    }

    private ProcessState(int pid, long startTime, long[] numbers, byte[][] texts) {
        this.pid = pid;
        this.startTime = startTime;
        this.numbers = numbers;
        this.texts = texts;
        set(PID, pid);
        set(START_TIME, startTime);
    }

    /// A copy to modify and then make current.
    ProcessState copy() {
        return copy(pid, startTime);
    }

    /// What a child has of it.
    ProcessState inherited(int childPid, long childStartTime) {
        ProcessState child = copy(childPid, childStartTime);
        for (int slot : NOT_INHERITED) {
            child.numbers[slot] = UNSET[slot];
        }
        child.set(PID, childPid);
        child.set(START_TIME, childStartTime);
        return child;
    }

    private ProcessState copy(int otherPid, long otherStartTime) {
        ProcessState copy = new ProcessState(otherPid, otherStartTime, numbers.clone(), texts.clone());
        copy.cgroup = cgroup;
        copy.sid = sid;
        copy.namespaces = namespaces;
        return copy;
    }

    public int pid() {
        return pid;
    }

    public long startTime() {
        return startTime;
    }

    /// An attribute of kind NUMBER or INT.
    public long number(ProcessAttribute attribute) {
        return numbers[attribute.numberSlot()];
    }

    /// An attribute of kind TEXT or TEXTS that is no name of an account: any bytes, the texts NUL-separated, of
    /// ARGUMENTS argv[0] first. Not a copy.
    public byte[] text(ProcessAttribute attribute) {
        return texts[attribute.otherSlot()];
    }

    void set(ProcessAttribute attribute, long value) {
        numbers[attribute.numberSlot()] = value;
    }

    void set(ProcessAttribute attribute, byte[] utf8) {
        texts[attribute.otherSlot()] = utf8;
    }

    /// Sets the arguments, bounded, and notes what of them is missing.
    void setArguments(byte[] argv) {
        ArgumentVector bounded = ArgumentVector.of(argv);
        set(ARGUMENTS, bounded.argv());
        setTruncated(number(TRUNCATED) | bounded.truncated());
    }

    /// Sets which texts lack a part.
    ///
    /// @param texts bits of [Truncation]
    void setTruncated(long texts) {
        set(TRUNCATED, texts);
    }

    /// Ends in `/`; empty: unknown.
    public byte[] cwd() {
        return text(CWD);
    }

    /// Bytes of argv[0], from the start of the arguments.
    public int exeLength() {
        byte[] argv = text(ARGUMENTS);
        int length = 0;
        while (length < argv.length && argv[length] != 0) {
            length++;
        }
        return length;
    }

    public Cgroup cgroup() {
        return cgroup;
    }

    public @Nullable ContainerEntry container() {
        return cgroup.container();
    }

    /// The Avro encoding of the process without its indices; encoded again only if account names have changed.
    ///
    /// @param host the host's account names: for the login user always, for the others outside containers
    public byte[] body(AccountNames host) {
        ContainerEntry container = cgroup.container();
        AccountNames accounts = container == null ? host : container.accounts();
        byte[] made = body;
        if (made == null || bodyAccounts != accounts || bodyHost != host) {
            made = encode(accounts, host);
            body = made;
            bodyAccounts = accounts;
            bodyHost = host;
        }
        return made;
    }

    /// The number last set for the lane, 0 if none: a batch notes here where it holds the state.
    public long place(int lane) {
        return lane < places.length ? places[lane] : 0;
    }

    public void place(int lane, long value) {
        if (lane >= places.length) {
            places = Arrays.copyOf(places, lane + 1);
        }
        places[lane] = value;
    }

    /// Approximate heap, constant; texts count although children share them.
    int sizeBytes() {
        int bytes = 0;
        for (byte[] text : texts) {
            bytes += text.length;
        }
        return 832 + 2 * bytes; // twice: the encoded body repeats them
    }

    private byte[] encode(AccountNames accounts, AccountNames host) {
        ProcessEncoder encoder = new ProcessEncoder().numbers(numbers);
        for (ProcessAttribute attribute : TEXTS) {
            if (attribute.kind() == Kind.TEXT) {
                encoder.set(attribute, RawText.of(text(attribute)));
            } else {
                encoder.set(attribute, split(text(attribute)));
            }
        }
        List<String> argv = split(text(ARGUMENTS));
        long login = number(LOGIN_UID);
        AccountNames.User user = accounts.account(number(UID));
        return encoder.set(EXE, argv.isEmpty() ? "" : argv.getFirst())
                .set(ARGUMENTS, argv.isEmpty() ? argv : argv.subList(1, argv.size()))
                .set(CGROUP, cgroup.path())
                .set(USER, user == null ? null : user.name())
                .set(HOME, user == null ? null : user.home())
                .set(SHELL, user == null ? null : user.shell())
                .set(GROUP, accounts.group(number(GID)))
                .set(LOGIN_USER, login < 0 ? null : host.user(login))
                .set(NAMESPACES, namespaces)
                .encode();
    }

    /// The strings of a NUL-separated area; a last one without NUL counts, empty ones between NULs too.
    private static List<String> split(byte[] area) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < area.length; i++) {
            if (area[i] == 0) {
                parts.add(RawText.of(area, start, i - start));
                start = i + 1;
            }
        }
        if (start < area.length) {
            parts.add(RawText.of(area, start, area.length - start));
        }
        return parts;
    }
}
