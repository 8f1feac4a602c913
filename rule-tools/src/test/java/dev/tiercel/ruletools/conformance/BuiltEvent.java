package dev.tiercel.ruletools.conformance;

import dev.tiercel.ruletools.conformance.CppStatements.Inexpressible;
import dev.tiercel.ruletools.conformance.CppValues.Call;
import dev.tiercel.ruletools.conformance.CppValues.Endpoint;
import dev.tiercel.ruletools.conformance.CppValues.Tuple;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The event that a test of Falco builds in C++, as values of fields: its type, its parameters, and what follows from
/// them of the process and the descriptor.
final class BuiltEvent {

    /// `PPME_SYSCALL_EXECVE_19_X`: an event of a call that returned.
    private static final Pattern CODE = Pattern.compile("PPME_[A-Z]+_([A-Z0-9_]+?)(?:_\\d+)?_X");

    private static final Map<Long, String> ERRORS =
            Map.of(-1L, "EPERM", -2L, "ENOENT", -9L, "EBADF", -13L, "EACCES", -22L, "EINVAL");

    private final CppValues values = new CppValues();
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private boolean built;

    private BuiltEvent() {}

    /// The event that the statements of `setup` build last.
    ///
    /// @throws Inexpressible if they do something that is not known here
    static BuiltEvent of(String setup) {
        BuiltEvent event = new BuiltEvent();
        CppValues.split(setup, ';').forEach(event::statement);
        if (!event.built) {
            throw new Inexpressible("no event in " + setup);
        }
        return event;
    }

    /// The values of its fields; what is missing has none, if [#knows].
    Map<String, Object> fields() {
        return fields;
    }

    /// Whether the value of `field` is known, or that it has none.
    boolean knows(String field) {
        return fields.containsKey(field) || (field.startsWith("fd.") && !fields.containsKey("fd.num"));
    }

    private void statement(String text) {
        String expression = text.replaceFirst("^(?:(?:const\\s+)?(?:auto|sinsp_evt)\\s*\\*?\\s*)?evt\\s*=\\s*", "");
        Call call = CppValues.call(expression);
        if (call == null || !runs(call)) {
            values.declare(text);
        }
    }

    private boolean runs(Call call) {
        List<String> arguments = call.arguments();
        switch (call.name()) {
            case "add_default_init_thread" -> process("init", "/sbin/init", 1, 0);
            case "open_inspector", "SetUp" -> {}
            case "generate_getcwd_failed_entry_event" -> event("PPME_SYSCALL_GETCWD_X", List.of("-1", "\"/test/dir\""));
            case "generate_random_event" -> event("PPME_SYSCALL_GETCWD_X", List.of("0", "\"/test/dir\""));
            case "generate_execve_enter_and_exit_event" -> execve(arguments);
            case "generate_proc_exit_event" -> event("PPME_PROCEXIT_1_X", List.of());
            case "add_event", "add_event_advance_ts" -> {
                if (!arguments.get(2).endsWith("_E")) {
                    event(arguments.get(2), arguments.subList(4, arguments.size()));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void process(String name, String path, long pid, long parent) {
        fields.putAll(Map.of(
                "proc.name", name, "proc.exe", path, "proc.exepath", path, "proc.pid", pid, "proc.ppid", parent));
    }

    private void execve(List<String> arguments) {
        fields.clear();
        String path = arguments.size() > 5 ? text(arguments.get(5)) : "/bin/test-exe";
        String name = arguments.size() > 6 ? text(arguments.get(6)) : "test-exe";
        process(name, path, number(arguments.get(3)), number(arguments.get(4)));
        fields.put("proc.exepath", arguments.size() > 7 ? text(arguments.get(7)) : "/bin/test-exe");
        common("execve");
        result(number(arguments.getFirst()));
    }

    private String text(String expression) {
        return String.valueOf(values.value(expression));
    }

    private long number(String expression) {
        return values.value(expression) instanceof Long number ? number : fail(expression);
    }

    private static long fail(String expression) {
        throw new Inexpressible("the number " + expression);
    }

    private void common(String type) {
        fields.putAll(Map.of("evt.type", type, "syscall.type", type, "evt.source", "syscall", "evt.dir", "<"));
        built = true;
    }

    private void result(long value) {
        fields.put("evt.rawres", value);
        fields.put("evt.failed", value < 0);
        fields.put("evt.res", value < 0 ? ERRORS.getOrDefault(value, String.valueOf(value)) : "SUCCESS");
    }

    private void event(String code, List<String> arguments) {
        Matcher matcher = CODE.matcher(code);
        EventType type = matcher.matches()
                ? EventType.named(matcher.group(1).toLowerCase(Locale.ROOT)).orElse(null)
                : null;
        if (type == null) {
            throw new Inexpressible("the event " + code);
        }
        fields.keySet().removeIf(field -> field.startsWith("evt.") || field.startsWith("fd."));
        common(type.eventName());
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < Math.min(arguments.size(), type.parameters().size()); i++) {
            Parameter parameter = type.parameters().get(i);
            Object value = values.value(arguments.get(i));
            if (value != null) {
                parameter(i, parameter.name(), value);
                all.append(all.isEmpty() ? "" : " ")
                        .append(parameter.name())
                        .append('=')
                        .append(fields.get("evt.arg." + parameter.name()));
            }
        }
        fields.put("evt.args", all.toString());
    }

    private void parameter(int index, String name, Object value) {
        switch (value) {
            case Tuple(Endpoint client, Endpoint server) -> connection(client, server);
            case Endpoint end -> {}
            default -> argument(index, name, value);
        }
        boolean returned = index == 0 && (name.equals("res") || name.equals("fd"));
        if (returned && value instanceof Long number) {
            result(number);
        }
        if (name.equals("fd") && value instanceof Long number && number >= 0) {
            fields.put("fd.num", number);
        }
    }

    private void argument(int index, String name, Object value) {
        boolean result = name.equals("res") && value instanceof Long;
        Object shown = result ? ERRORS.getOrDefault((Long) value, value.toString()) : bytes(value);
        fields.put("evt.arg." + name, shown);
        fields.put("evt.arg[" + index + "]", shown);
        fields.put("evt.rawarg." + name, bytes(value));
        if (name.equals("name") && value instanceof String path && fields.containsKey("fd.num")) {
            file(path);
        }
        if (name.equals("data")) {
            fields.put("evt.buffer", bytes(value));
        }
    }

    private void file(String path) {
        int slash = path.lastIndexOf('/');
        fields.put("fd.name", bytes(path));
        fields.put("fd.filename", bytes(path.substring(slash + 1)));
        fields.put("fd.directory", bytes(slash <= 0 ? "/" : path.substring(0, slash)));
        fields.put("fd.typechar", "f");
    }

    /// As the tests expect it: the server's end is the local one.
    private void connection(Endpoint client, Endpoint server) {
        fields.put("fd.cip", client.address());
        fields.put("fd.rip", client.address());
        fields.put("fd.cport", client.port());
        fields.put("fd.rport", client.port());
        fields.put("fd.sip", server.address());
        fields.put("fd.lip", server.address());
        fields.put("fd.sport", server.port());
        fields.put("fd.lport", server.port());
        for (String end : List.of("cnet", "snet", "lnet", "rnet")) {
            fields.put("fd." + end, end.matches("[cr]net") ? client.address() : server.address());
        }
    }

    /// Text beyond ASCII, each character of which is a byte, as bytes; anything else as it is.
    private static Object bytes(Object value) {
        boolean beyond = value instanceof String text && text.chars().anyMatch(c -> c > 127);
        return beyond ? ((String) value).getBytes(StandardCharsets.ISO_8859_1) : value;
    }
}
