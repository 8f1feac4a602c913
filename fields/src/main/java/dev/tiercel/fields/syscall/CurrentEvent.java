package dev.tiercel.fields.syscall;

import dev.tiercel.fields.Row;
import dev.tiercel.fields.kubernetes.ExecMatch;
import dev.tiercel.fields.kubernetes.KubernetesIndex;
import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.ContainerView;
import dev.tiercel.schemas.DescriptorKind;
import dev.tiercel.schemas.EventDescriptor;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.ProcessView;
import dev.tiercel.schemas.TextBuffer;
import dev.tiercel.schemas.avro.KubernetesObject;
import dev.tiercel.schemas.avro.NodeContext;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What extractors read: the cursor's current event, with its process, ancestors, container and descriptor.
///
/// Costly values (strings, the ends of a connection) are computed on first use and cached until the next event.
final class CurrentEvent {

    /// Stands for "no value" where a number is expected.
    static final long ABSENT = Row.ABSENT;

    private static final EventType[] TYPES = new EventType[EventType.NUMBER_LIMIT];

    static {
        for (EventType type : EventType.values()) {
            TYPES[type.number()] = type;
        }
    }

    /// Label that container runtimes of Kubernetes give.
    static final String POD_UID = "io.kubernetes.pod.uid";

    private final ZoneId zone;
    private final KubernetesIndex kubernetes;
    private final TextBuffer scratch = new TextBuffer();
    private final Connection connection = new Connection();
    private BatchCursor cursor = new BatchCursor();
    private @Nullable EventType type;
    private @Nullable NodeContext node;
    private boolean connectionRead;
    private @Nullable ExecMatch exec;
    private boolean execRead;
    private @Nullable String descriptorPath;
    private final @Nullable String[] paths = new String[2];

    CurrentEvent(ZoneId zone, KubernetesIndex kubernetes) {
        this.zone = zone;
        this.kubernetes = kubernetes;
    }

    void batch(BatchCursor batch) {
        cursor = batch;
        event();
    }

    void event() {
        int number = cursor.type();
        type = number > 0 && number < TYPES.length ? TYPES[number] : null;
        connectionRead = false;
        execRead = false;
        descriptorPath = null;
        paths[0] = null;
        paths[1] = null;
    }

    ZoneId zone() {
        return zone;
    }

    /// @param context of the batch's node; null: there is none
    void node(@Nullable NodeContext context) {
        node = context;
    }

    /// Where in a cloud the node is; null: unknown.
    @Nullable
    NodeContext node() {
        return node;
    }

    BatchCursor cursor() {
        return cursor;
    }

    /// Type of the event; null: unknown to this version.
    @Nullable
    EventType type() {
        return type;
    }

    boolean is(EventType wanted) {
        return type == wanted;
    }

    /// The calling process; null: unknown.
    @Nullable
    ProcessView process() {
        int index = cursor.process();
        return index >= 0 && index < cursor.processCount() ? cursor.process(index) : null;
    }

    /// The ancestor `level` generations up (0: the process itself); null: there is none.
    @Nullable
    ProcessView ancestor(int level) {
        ProcessView view = process();
        int hops = Math.min(level, cursor.processCount());
        for (int i = 0; i < hops && view != null; i++) {
            view = parent(view);
        }
        return level > cursor.processCount() ? null : view;
    }

    @Nullable
    ProcessView parent(ProcessView view) {
        return view.parent() < 0 ? null : cursor.process(view.parent());
    }

    /// Adds to `values`, and returns it, the value of `read` for each ancestor, nearest first, without the process
    /// itself. Stops at a cycle.
    List<String> ancestors(Function<ProcessView, String> read, List<String> values) {
        ProcessView view = ancestor(1);
        for (int left = cursor.processCount(); view != null && left > 0; left--) {
            values.add(read.apply(view));
            view = parent(view);
        }
        return values;
    }

    /// The oldest in the chain of the process and consecutive ancestors that share the process's value of `id`; null:
    /// unknown process.
    @Nullable
    ProcessView oldestWithSame(ProcessAttribute id) {
        ProcessView oldest = process();
        long own = oldest == null ? 0 : oldest.number(id);
        ProcessView view = ancestor(1);
        for (int left = cursor.processCount(); view != null && left > 0 && view.number(id) == own; left--) {
            oldest = view;
            view = parent(view);
        }
        return oldest;
    }

    /// The process of this batch with process id `pid`, if any.
    Optional<ProcessView> processWithId(long pid) {
        for (int i = 0; i < cursor.processCount(); i++) {
            if (cursor.process(i).pid() == pid) {
                return Optional.of(cursor.process(i));
            }
        }
        return Optional.empty();
    }

    /// The container of the process; null: on the host, or unknown.
    @Nullable
    ContainerView container() {
        ProcessView view = process();
        return view == null || view.container() < 0 ? null : cursor.container(view.container());
    }

    /// What is known of clusters.
    KubernetesIndex kubernetes() {
        return kubernetes;
    }

    /// The pod of the process; null: in none, or not known.
    @Nullable
    KubernetesObject pod() {
        if (kubernetes.isEmpty()) return null;
        ContainerView container = container();
        KubernetesObject pod = container == null ? null : kubernetes.podOfContainer(container.fullId());
        String uid = pod == null ? podUid() : null;
        return uid == null ? pod : kubernetes.pod(uid);
    }

    /// Id of the process's pod by its cgroup, or else by its container runtime; null: it is in none, as far as these
    /// know.
    @Nullable
    String podUid() {
        ProcessView view = process();
        if (view == null) return null;
        String uid = PodUid.of(view.cgroup());
        ContainerView container = uid == null ? container() : null;
        return container == null ? uid : container.labels().get(POD_UID);
    }

    /// Who entered the pod and started what the process is below; null: nobody, as far as is known.
    @Nullable
    ExecMatch exec() {
        if (!execRead) {
            exec = ExecOrigin.of(this);
            execRead = true;
        }
        return exec;
    }

    /// Whether the process is in a pod that is not known.
    boolean isInUnknownPod() {
        return podUid() != null && pod() == null;
    }

    /// Whether the event has a descriptor, even one that the call failed to create.
    boolean hasDescriptor() {
        return cursor.descriptorKind() != DescriptorKind.NONE || EventTypes.makesDescriptor(type);
    }

    /// Whether the event has a descriptor that exists: its number is not -1.
    boolean hasOpenDescriptor() {
        return cursor.descriptorKind() != DescriptorKind.NONE && descriptor().number() >= 0;
    }

    /// Whether the number of the event's descriptor is known: not if it was opened through io_uring.
    boolean hasKnownNumber() {
        return hasDescriptor()
                && (cursor.descriptorKind() == DescriptorKind.NONE
                        || descriptor().number() != EventDescriptor.UNKNOWN_NUMBER);
    }

    /// Whether the event has a descriptor that exists, and its file is known.
    boolean hasKnownFile() {
        return hasOpenDescriptor() && descriptor().number() != EventDescriptor.UNKNOWN_NUMBER;
    }

    EventDescriptor descriptor() {
        return cursor.descriptor();
    }

    /// Path in the event's descriptor; empty: none.
    String descriptorPath() {
        String path = descriptorPath;
        if (path == null) {
            path = descriptor().path();
            descriptorPath = path;
        }
        return path;
    }

    /// Both ends of the event's socket.
    Connection connection() {
        if (!connectionRead) {
            connection.read(descriptor(), cursor.record());
            connectionRead = true;
        }
        return connection;
    }

    /// Name of the event's socket: its ends.
    String connectionText() {
        return connection().text(scratch, cursor.texts());
    }

    /// A substring of `text`, without allocation if it is cached.
    String part(String text, int from, int to) {
        return from == 0 && to == text.length()
                ? text
                : scratch.clear().append(text, from, to).text(cursor.texts());
    }

    /// Absolute path `index` of the event; null: none was collected.
    @Nullable
    String path(int index) {
        if (index < 0 || index >= cursor.pathCount()) {
            return null;
        }
        if (index >= paths.length) {
            return cursor.path(index);
        }
        String path = paths[index];
        if (path == null) {
            path = cursor.path(index);
            paths[index] = path;
        }
        return path;
    }
}
