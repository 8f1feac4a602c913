package dev.tiercel.ruletools.testing;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Derives fields from others, so that a test need not repeat itself.
///
/// | given | follow |
/// |---|---|
/// | `fd.name` of a file | `fd.directory`, `fd.filename`; `fd.nameraw` and `evt.arg.name` if the event has them |
/// | `proc.cmdline` | `proc.name`, `proc.args` |
/// | `proc.name`, `proc.args` | `proc.cmdline` |
/// | `proc.exepath` | `proc.name`, `proc.exe`, `proc.cmdline` |
/// | `proc.name` | `proc.exe`; `proc.exepath` in `/usr/bin` if the event has one |
/// | addresses and ports of both ends, or the server's | `fd.name` |
final class RuleTestImplied {

    private static final int NAME_CHARACTERS = 15;

    private final Map<String, Object> given;
    private final Map<String, Object> event;

    private RuleTestImplied(Map<String, Object> given, Map<String, Object> event) {
        this.given = given;
        this.event = event;
    }

    /// Adds to `event` the fields implied by `given` and not in it.
    static void by(Map<String, Object> given, Map<String, Object> event) {
        RuleTestImplied implied = new RuleTestImplied(given, event);
        implied.file();
        implied.process();
        implied.ends();
    }

    private void file() {
        if (!(given.get("fd.name") instanceof String path) || !path.startsWith("/")) {
            return;
        }
        int slash = path.lastIndexOf('/');
        event.put("fd.directory", slash == 0 ? "/" : path.substring(0, slash));
        event.put("fd.filename", path.substring(slash + 1));
        for (String copy : List.of("fd.nameraw", "evt.arg.name")) {
            event.computeIfPresent(copy, (key, old) -> path);
        }
    }

    private void process() {
        String name = name();
        String arguments = arguments();
        if (name == null && arguments == null) {
            return;
        }
        if (name != null) {
            event.put("proc.name", name);
            event.put("proc.exe", text("proc.exepath", name));
            event.computeIfPresent("proc.exepath", (key, old) -> "/usr/bin/" + name);
        }
        if (arguments != null) {
            event.put("proc.args", arguments);
        }
        if (event.get("proc.name") instanceof String known) {
            String rest = event.get("proc.args") instanceof String text ? text : "";
            event.put("proc.cmdline", (known + " " + rest).strip());
        }
    }

    private @Nullable String name() {
        if (given.get("proc.name") instanceof String name) {
            return name;
        }
        String program = given.get("proc.cmdline") instanceof String line ? word(line) : text("proc.exepath", "");
        String name = program.substring(program.lastIndexOf('/') + 1);
        return name.isEmpty() ? null : name.substring(0, Math.min(name.length(), NAME_CHARACTERS));
    }

    private @Nullable String arguments() {
        if (given.get("proc.args") instanceof String arguments) {
            return arguments;
        }
        return given.get("proc.cmdline") instanceof String line
                ? line.substring(word(line).length()).strip()
                : null;
    }

    private static String word(String line) {
        int blank = line.indexOf(' ');
        return blank < 0 ? line : line.substring(0, blank);
    }

    private String text(String field, String absent) {
        return given.get(field) instanceof String text ? text : absent;
    }

    private void ends() {
        if (List.of("fd.sip", "fd.sport", "fd.cip", "fd.cport").stream().noneMatch(given::containsKey)) {
            return;
        }
        String client = end("fd.cip", "fd.cport");
        String server = end("fd.sip", "fd.sport");
        event.put("fd.name", client.isEmpty() || server.isEmpty() ? client + server : client + "->" + server);
    }

    private String end(String address, String port) {
        Object ip = given.getOrDefault(address, event.get(address));
        Object number = given.getOrDefault(port, event.get(port));
        return ip == null || number == null ? "" : ip + ":" + number;
    }
}
