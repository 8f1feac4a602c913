package dev.tiercel.fields.syscall;

import dev.tiercel.schemas.ArgumentKind;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.Parameter;
import dev.tiercel.schemas.ParameterType;
import dev.tiercel.schemas.ProcessView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The path arguments of an event: as passed, and made absolute.
///
/// The collector gives absolute paths for the path parameters in their order, and may give one too for the
/// parameter that is a path though its type does not say so (target of symlink, source of mount). Where it gives
/// none, the current directory serves.
final class EventPaths {

    private EventPaths() {}

    /// Absolute form of the path argument at `index`, which was passed as `raw`.
    static String absolute(CurrentEvent source, int index, String raw) {
        String given = source.path(given(source, index));
        if (given != null) {
            return given;
        }
        ProcessView process = source.process();
        return Paths.absolute(process == null ? "/" : process.cwd(), raw);
    }

    /// Which of the collector's paths is that of the parameter at `index`; -1: none.
    private static int given(CurrentEvent source, int index) {
        EventType type = source.type();
        if (type == null) {
            return -1;
        }
        int typed = 0;
        int typedBefore = 0;
        int loose = 0;
        int looseBefore = 0;
        for (int i = 0; i < type.parameters().size(); i++) {
            Parameter parameter = type.parameters().get(i);
            if (isPath(parameter)) {
                typed++;
                typedBefore += i < index ? 1 : 0;
            } else if (EventTypes.paths(type).contains(parameter.name())) {
                loose++;
                looseBefore += i < index ? 1 : 0;
            }
        }
        int count = source.cursor().pathCount();
        if (loose > 0 && count == typed + loose) {
            return typedBefore + looseBefore;
        }
        return isPath(type.parameters().get(index)) && count == typed ? typedBefore : -1;
    }

    private static boolean isPath(Parameter parameter) {
        return parameter.type() == ParameterType.PATH || parameter.type() == ParameterType.RELATIVE_PATH;
    }

    /// The first path argument as passed; null: the event has none.
    static @Nullable String firstRaw(CurrentEvent source) {
        EventType type = source.type();
        if (type == null) {
            return null;
        }
        for (int i = 0; i < type.parameters().size(); i++) {
            if (isPath(type.parameters().get(i)) && source.cursor().argumentKind(i) == ArgumentKind.STRING) {
                return source.cursor().argumentString(i);
            }
        }
        return null;
    }

    /// `fs.path.*` of a call that succeeded, or that opens a file: the path (0 of 1), source (0 of 2) or target (1 of
    /// 2); null: it has none.
    static @Nullable String operand(CurrentEvent source, int position, int count, boolean raw) {
        if (source.cursor().result() != 0 && !EventTypes.makesFile(source.type())) {
            return null;
        }
        EventType type = source.type();
        if (count == 1 && (type == EventType.FCHMOD || type == EventType.FCHOWN)) {
            return source.descriptorPath().isEmpty() ? null : source.descriptorPath();
        }
        List<String> parameters = EventTypes.paths(type);
        if (type == null || parameters.size() != count) {
            return null;
        }
        int index = type.parameterIndex(parameters.get(position));
        if (index < 0 || source.cursor().argumentKind(index) != ArgumentKind.STRING) {
            return null;
        }
        String passed = source.cursor().argumentString(index);
        return raw ? passed : normal(source, index, passed);
    }

    /// Absolute form of the path argument at `index`, which was passed as `raw`, without `.`, `..` and doubled slashes.
    private static String normal(CurrentEvent source, int index, String raw) {
        return raw.startsWith("/") ? Paths.normal(raw) : absolute(source, index, raw);
    }

    /// `evt.abspath`: the path of a call that takes a directory descriptor; `side` is empty, src or dst; null: none.
    static @Nullable String ofDirectoryCall(CurrentEvent source, String side) {
        EventType type = source.type();
        if (type == null) {
            return null;
        }
        int seen = 0;
        int wanted = side.equals("dst") ? 1 : 0;
        for (int i = 0; i < type.parameters().size(); i++) {
            if (type.parameters().get(i).type() == ParameterType.RELATIVE_PATH && seen++ == wanted) {
                String raw = source.cursor().argumentString(i);
                return normal(source, i, raw);
            }
        }
        return null;
    }
}
