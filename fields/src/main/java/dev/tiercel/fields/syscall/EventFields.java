package dev.tiercel.fields.syscall;

import dev.tiercel.fields.FieldReference;
import dev.tiercel.schemas.EventCategory;
import dev.tiercel.schemas.EventType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Classes evt and fs.path: the event itself, its arguments and the paths it acts on.
final class EventFields {

    private static final long NANOS = 1_000_000_000L;
    private static final int EXECUTE_BITS = 0111;
    private static final int CREATED = 1;
    private static final int[] FLAGS = positionsOf("flags");
    private static final int[] MODE = positionsOf("mode");

    private final Extractors.Builder fields = new Extractors.Builder();

    private EventFields() {}

    /// The extractors of these classes, by field.
    static Map<String, Function<FieldReference, Extractor>> extractors() {
        EventFields all = new EventFields();
        all.addAll();
        return all.fields.build();
    }

    private void addAll() {
        identity();
        times();
        results();
        opens();
        arguments();
        paths();
    }

    private void identity() {
        fields.number("evt.num", s -> s.cursor().firstEvent() + s.cursor().eventIndex() + 1);
        fields.number("evt.cpu", s -> s.cursor().cpu());
        fields.text("evt.hostname", s -> s.cursor().node());
        fields.text("evt.source", _ -> "syscall");
        fields.flag("evt.is_async", _ -> 0);
        fields.text("evt.dir", _ -> "<");
        fields.text("evt.type", EventFields::typeName);
        fields.text("syscall.type", s -> EventTypes.returns(s.type()) ? typeName(s) : null);
        fields.add("evt.type.is", reference -> {
            String name = reference.argument();
            return Extractor.number(s -> Extractor.bit(name.equals(typeName(s))));
        });
        fields.text("evt.category", EventFields::category);
        fields.number("evt.count", _ -> 1);
        fields.number("evt.count.exit", _ -> 1);
    }

    private static @Nullable String typeName(CurrentEvent source) {
        EventType type = source.type();
        return type == null ? null : type.eventName();
    }

    private void times() {
        fields.add("evt.time", Extractor.moment(s -> Moments.time(s.cursor().time(), s.zone())));
        fields.add(
                "evt.time.s",
                Extractor.moment(s -> Moments.timeSeconds(s.cursor().time(), s.zone())));
        fields.add(
                "evt.time.iso8601",
                Extractor.moment(s -> Moments.iso8601(s.cursor().time())));
        fields.add(
                "evt.datetime",
                Extractor.moment(s -> Moments.dateTime(s.cursor().time(), s.zone())));
        fields.add(
                "evt.datetime.s",
                Extractor.moment(s -> Moments.dateTimeSeconds(s.cursor().time(), s.zone())));
        fields.number("evt.rawtime", s -> s.cursor().time());
        fields.number("evt.rawtime.s", s -> s.cursor().time() / NANOS);
        fields.number("evt.rawtime.ns", s -> s.cursor().time() % NANOS);
        fields.number("evt.reltime", EventFields::sinceStart);
        fields.number("evt.reltime.s", s -> sinceStart(s) / NANOS);
        fields.number("evt.reltime.ns", s -> sinceStart(s) % NANOS);
    }

    /// Never negative, as no span of time is: a record may be of a moment before the collector noted its own start.
    private static long sinceStart(CurrentEvent source) {
        return Math.max(0, source.cursor().time() - source.cursor().collectorStart());
    }

    private void results() {
        fields.number(
                "evt.rawres",
                s -> EventTypes.returns(s.type()) && !isUnknown(s) ? s.cursor().result() : CurrentEvent.ABSENT);
        fields.text("evt.res", EventFields::result);
        fields.flag("evt.failed", s -> Extractor.bit(failed(s)));
        fields.number("evt.count.error", s -> failed(s) ? 1 : CurrentEvent.ABSENT);
        fields.number("evt.count.error.file", s -> errorIn(s, isFile(s)));
        fields.number("evt.count.error.net", s -> errorIn(s, isNet(s)));
        fields.number("evt.count.error.memory", s -> errorIn(s, EventTypes.in(s.type(), EventCategory.MEMORY)));
        fields.number(
                "evt.count.error.other",
                s -> errorIn(s, !isFile(s) && !isNet(s) && !EventTypes.in(s.type(), EventCategory.MEMORY)));
        fields.flag("evt.is_io", s -> Extractor.bit(reads(s) || writes(s)));
        fields.flag("evt.is_io_read", s -> Extractor.bit(reads(s)));
        fields.flag("evt.is_io_write", s -> Extractor.bit(writes(s)));
        fields.text("evt.io_dir", s -> writes(s) ? "write" : reads(s) ? "read" : null);
        fields.flag(
                "evt.is_wait",
                s -> Extractor.bit(
                        EventTypes.in(s.type(), EventCategory.WAIT) || EventTypes.in(s.type(), EventCategory.SLEEP)));
        fields.flag(
                "evt.is_syslog",
                s -> Extractor.bit(writes(s) && DescriptorFields.name(s).contains("/dev/log")));
    }

    /// Whether the event's result is a descriptor whose number is not known.
    private static boolean isUnknown(CurrentEvent source) {
        return source.hasDescriptor() && !source.hasKnownNumber();
    }

    private static @Nullable String result(CurrentEvent source) {
        if (!EventTypes.returns(source.type())) {
            return null;
        }
        long result = source.cursor().result();
        if (result >= 0) {
            return "SUCCESS";
        }
        String name = EventValues.errorName(result);
        return name.isEmpty() ? NumberTexts.decimal(result) : name;
    }

    private static boolean failed(CurrentEvent source) {
        return EventTypes.returns(source.type()) && source.cursor().result() < 0;
    }

    private static long errorIn(CurrentEvent source, boolean wanted) {
        return wanted && failed(source) ? 1 : CurrentEvent.ABSENT;
    }

    private static boolean isFile(CurrentEvent source) {
        return source.hasOpenDescriptor()
                ? DescriptorFields.isFileOrDirectory(source)
                : EventTypes.makesFile(source.type());
    }

    private static boolean isNet(CurrentEvent source) {
        return source.hasOpenDescriptor() ? DescriptorFields.isSocket(source) : EventTypes.makesSocket(source.type());
    }

    private static boolean reads(CurrentEvent source) {
        return EventTypes.in(source.type(), EventCategory.IO_READ);
    }

    private static boolean writes(CurrentEvent source) {
        return EventTypes.in(source.type(), EventCategory.IO_WRITE);
    }

    private static @Nullable String category(CurrentEvent source) {
        EventType type = source.type();
        if (type == null) {
            return null;
        }
        return switch (type.category()) {
            case IPC -> "IPC";
            case IO_READ, IO_WRITE, IO_OTHER -> DescriptorFields.category(source);
            default -> type.category().name().toLowerCase(Locale.ROOT);
        };
    }

    private void opens() {
        fields.flag("evt.truncated", s -> Extractor.bit(s.cursor().truncated()));
        fields.flag("evt.is_open_read", s -> Extractor.bit((accessMode(s) & 1) != 0));
        fields.flag("evt.is_open_write", s -> Extractor.bit((accessMode(s) & 2) != 0));
        fields.flag("evt.is_open_exec", s -> Extractor.bit(createsExecutable(s)));
        fields.flag(
                "evt.is_open_create",
                s -> Extractor.bit(EventTypes.makesFile(s.type())
                        && s.hasOpenDescriptor()
                        && (s.descriptor().flags() & CREATED) != 0));
    }

    /// Bit 0: for reading, bit 1: for writing; 0 if the event opens nothing.
    private static long accessMode(CurrentEvent source) {
        return EventTypes.opens(source.type()) ? (openFlags(source) + 1) & 3 : 0;
    }

    private static long openFlags(CurrentEvent source) {
        return argument(source, FLAGS);
    }

    private static long argument(CurrentEvent source, int[] positions) {
        int index = position(source, positions);
        return index < 0 ? 0 : source.cursor().argumentLong(index);
    }

    private static boolean createsExecutable(CurrentEvent source) {
        if (!EventTypes.makesFile(source.type())) {
            return false;
        }
        boolean creates = source.is(EventType.CREAT) || (openFlags(source) & (0x40 | 0x400000)) != 0;
        return creates && (argument(source, MODE) & EXECUTE_BITS) != 0;
    }

    private void arguments() {
        fields.text("evt.args", ArgumentText::all);
        fields.text("evt.info", ArgumentText::all);
        fields.add("evt.arg", reference -> {
            int[] positions = positions(reference);
            return Extractor.text(s -> ArgumentText.text(s, position(s, positions)));
        });
        fields.add("evt.rawarg", reference -> new RawArgument(positions(reference)));
        fields.add("evt.abspath", reference -> {
            String side = reference.argument();
            return Extractor.text(s -> EventPaths.ofDirectoryCall(s, side));
        });
    }

    /// Index of the argument by event type number; -1: the type has no such parameter.
    private static int[] positions(FieldReference reference) {
        OptionalInt index = reference.index();
        if (index.isEmpty()) {
            return positionsOf(reference.argument());
        }
        int[] positions = new int[EventType.NUMBER_LIMIT];
        Arrays.fill(positions, index.getAsInt());
        return positions;
    }

    private static int[] positionsOf(String parameter) {
        int[] positions = new int[EventType.NUMBER_LIMIT];
        for (EventType type : EventType.values()) {
            positions[type.number()] = type.parameterIndex(parameter);
        }
        return positions;
    }

    private static int position(CurrentEvent source, int[] positions) {
        EventType type = source.type();
        return type == null ? -1 : positions[type.number()];
    }

    private static final class RawArgument extends Extractor {
        private final int[] positions;

        RawArgument(int[] positions) {
            this.positions = positions;
        }

        @Override
        long number(CurrentEvent source) {
            return ArgumentText.number(source, position(source, positions));
        }

        @Override
        @Nullable
        String text(CurrentEvent source) {
            return ArgumentText.raw(source, position(source, positions));
        }
    }

    private void paths() {
        fields.text("fs.path.name", s -> EventPaths.operand(s, 0, 1, false));
        fields.text("fs.path.nameraw", s -> EventPaths.operand(s, 0, 1, true));
        fields.text("fs.path.source", s -> EventPaths.operand(s, 0, 2, false));
        fields.text("fs.path.sourceraw", s -> EventPaths.operand(s, 0, 2, true));
        fields.text("fs.path.target", s -> EventPaths.operand(s, 1, 2, false));
        fields.text("fs.path.targetraw", s -> EventPaths.operand(s, 1, 2, true));
    }
}
