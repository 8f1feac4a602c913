package dev.tiercel.rules.field;

import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.ContainerView;
import dev.tiercel.schemas.DescriptorKind;
import dev.tiercel.schemas.EventDescriptor;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.ProcessView;
import dev.tiercel.schemas.TextBuffer;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What extractors read: the event the cursor is on, with its process, ancestors, container and descriptor.
///
/// What costs something (strings, the ends of a connection) is made when first asked for and kept until the next event.
final class EventSource {

    /// Stands for "no value" where a number is expected.
    static final long ABSENT = Long.MIN_VALUE;

    private static final EventType[] TYPES = new EventType[EventTypes.limit()];

    static {
        for (EventType type : EventType.values()) {
            TYPES[type.number()] = type;
        }
    }

    private final ZoneId zone;
    private final TextBuffer scratch = new TextBuffer();
    private final Connection connection = new Connection();
    private BatchCursor cursor = new BatchCursor();
    private @Nullable EventType type;
    private boolean connectionRead;
    private @Nullable String descriptorPath;
    private final @Nullable String[] paths = new String[2];

    EventSource(ZoneId zone) {
        this.zone = zone;
    }

    void batch(BatchCursor batch) {
        cursor = batch;
        event();
    }

    void event() {
        int number = cursor.type();
        type = number > 0 && number < TYPES.length ? TYPES[number] : null;
        connectionRead = false;
        descriptorPath = null;
        paths[0] = null;
        paths[1] = null;
    }

    ZoneId zone() {
        return zone;
    }

    BatchCursor cursor() {
        return cursor;
    }

    /// Type of the event; null: a number this version does not know.
    @Nullable
    EventType type() {
        return type;
    }

    boolean is(EventType wanted) {
        return type == wanted;
    }

    /// The process that called; null: not known.
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

    /// Adds to `values`, and returns it, what `read` gives for each ancestor, nearest first, the process itself not
    /// among them. Ends where the chain loops.
    List<String> ancestors(Function<ProcessView, String> read, List<String> values) {
        ProcessView view = ancestor(1);
        for (int left = cursor.processCount(); view != null && left > 0; left--) {
            values.add(read.apply(view));
            view = parent(view);
        }
        return values;
    }

    /// The oldest of the process and those ancestors that, without a gap, satisfy `same`; null: the process is not
    /// known.
    @Nullable
    ProcessView oldestWhile(Predicate<ProcessView> same) {
        ProcessView oldest = process();
        ProcessView view = ancestor(1);
        for (int left = cursor.processCount(); view != null && left > 0 && same.test(view); left--) {
            oldest = view;
            view = parent(view);
        }
        return oldest;
    }

    /// The process in this batch with process id `pid`, if any.
    Optional<ProcessView> processWithId(long pid) {
        for (int i = 0; i < cursor.processCount(); i++) {
            if (cursor.process(i).pid() == pid) {
                return Optional.of(cursor.process(i));
            }
        }
        return Optional.empty();
    }

    /// The container of the process; null: it is on the host, or not known.
    @Nullable
    ContainerView container() {
        ProcessView view = process();
        return view == null || view.container() < 0 ? null : cursor.container(view.container());
    }

    /// Whether the event has a descriptor, be it that of a call that failed to make one.
    boolean hasDescriptor() {
        return cursor.descriptorKind() != DescriptorKind.NONE || EventTypes.makesDescriptor(type);
    }

    /// Whether the event has a descriptor that exists: its number is not -1.
    boolean hasOpenDescriptor() {
        return cursor.descriptorKind() != DescriptorKind.NONE && descriptor().number() >= 0;
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

    /// `text` from this index to that, without making it anew if it is known. ASCII or not.
    String part(String text, int from, int to) {
        return from == 0 && to == text.length()
                ? text
                : scratch.clear().append(text, from, to).text(cursor.texts());
    }

    /// Absolute path `index` of the event; null: the collector gave none.
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
