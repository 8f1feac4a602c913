package dev.tiercel.rules;

import java.util.LinkedHashMap;
import java.util.Map;

/// Events of the default rules' tests: ordinary fields, and short keys that stand for many.
///
/// | key | an event in which a process of bash at no terminal, on the host, as root |
/// |---|---|
/// | `reads: PATH` | opens a file for reading |
/// | `writes: PATH` | creates a file and opens it for writing |
/// | `runs: PROGRAM ARGUMENTS` | has just become that program |
/// | `connects: ADDRESS:PORT` | connects by TCP |
/// | `listens: ADDRESS:PORT` | listens by TCP |
/// | `calls: NAME` | makes a call that succeeds |
/// | `by: NAME`, `parent: NAME` | is called so, was started by |
/// | `in: container` | is in a container |
///
/// Fields given as well override what the keys imply.
final class DefaultRuleEvents {

    private static final int NAME_BYTES = 15;

    private DefaultRuleEvents() {}

    /// The fields of an event, its short keys expanded.
    static Map<String, Object> expand(Map<String, Object> given) {
        Map<String, Object> event = ordinary();
        given.forEach((key, value) -> implied(event, key, value.toString()));
        if (given.get("by") instanceof String name) {
            event.put("proc.name", name);
        }
        given.forEach((key, value) -> {
            if (key.indexOf('.') > 0) {
                event.put(key, value);
            }
        });
        return event;
    }

    private static Map<String, Object> ordinary() {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("evt.num", 7);
        event.put("evt.count", 1);
        event.put("evt.rawres", 0);
        event.put("evt.res", "SUCCESS");
        event.put("container.id", "host");
        event.put("container.name", "host");
        event.put("proc.name", "bash");
        event.put("proc.exe", "bash");
        event.put("proc.exepath", "/usr/bin/bash");
        event.put("proc.cmdline", "bash");
        event.put("proc.args", "");
        event.put("proc.cwd", "/root/");
        event.put("proc.pname", "bash");
        event.put("proc.pcmdline", "bash");
        event.put("proc.aname[2]", "sshd");
        event.put("proc.aname[3]", "systemd");
        event.put("proc.tty", 0);
        event.put("proc.vpid", 4242);
        event.put("proc.is_exe_from_memfd", false);
        event.put("proc.is_exe_upper_layer", false);
        event.put("proc.env", "");
        event.put("user.name", "root");
        event.put("user.uid", 0);
        event.put("user.loginuid", -1);
        return event;
    }

    private static void implied(Map<String, Object> event, String key, String value) {
        switch (key) {
            case "reads" -> opened(event, value, false);
            case "writes" -> opened(event, value, true);
            case "runs" -> runs(event, value);
            case "connects" -> connects(event, value);
            case "listens" -> listens(event, value);
            case "calls" -> event.put("evt.type", value);
            case "parent" -> event.put("proc.pname", value);
            case "in" -> contained(event, value);
            case "by" -> {}
            default -> checkField(key);
        }
    }

    private static void checkField(String key) {
        if (key.indexOf('.') < 0) {
            throw new IllegalArgumentException("neither a short key nor a field: " + key);
        }
    }

    private static void opened(Map<String, Object> event, String path, boolean write) {
        int slash = path.lastIndexOf('/');
        event.put("evt.type", "openat");
        event.put("evt.rawres", 3);
        event.put("evt.is_open_read", !write);
        event.put("evt.is_open_write", write);
        event.put("evt.is_open_create", write);
        event.put("evt.is_open_exec", false);
        event.put("evt.arg.flags", write ? "O_TRUNC|O_CREAT|O_WRONLY" : "O_RDONLY");
        event.put("evt.arg.mode", write ? "0644" : "0");
        event.put("evt.arg.name", path);
        event.put("fd.num", 3);
        event.put("fd.type", "file");
        event.put("fd.typechar", "f");
        event.put("fd.name", path);
        event.put("fd.nameraw", path);
        event.put("fd.directory", slash == 0 ? "/" : path.substring(0, slash));
        event.put("fd.filename", path.substring(slash + 1));
    }

    private static void runs(Map<String, Object> event, String command) {
        int blank = command.indexOf(' ');
        String program = blank < 0 ? command : command.substring(0, blank);
        String arguments = blank < 0 ? "" : command.substring(blank + 1);
        String name = program.substring(program.lastIndexOf('/') + 1);
        name = name.substring(0, Math.min(NAME_BYTES, name.length()));
        event.put("evt.type", "execve");
        event.put("proc.name", name);
        event.put("proc.exe", program);
        event.put("proc.exepath", program.startsWith("/") ? program : "/usr/bin/" + program);
        event.put("proc.args", arguments);
        event.put("proc.cmdline", (name + " " + arguments).strip());
    }

    private static void connects(Map<String, Object> event, String end) {
        socket(event, "connect");
        int colon = end.lastIndexOf(':');
        event.put("fd.cip", "10.0.0.5");
        event.put("fd.cport", 40000);
        event.put("fd.sip", end.substring(0, colon));
        event.put("fd.sport", Integer.valueOf(end.substring(colon + 1)));
        event.put("fd.name", "10.0.0.5:40000->" + end);
    }

    private static void listens(Map<String, Object> event, String end) {
        socket(event, "listen");
        int colon = end.lastIndexOf(':');
        event.put("fd.sip", end.substring(0, colon));
        event.put("fd.sport", Integer.valueOf(end.substring(colon + 1)));
        event.put("fd.name", end);
    }

    private static void socket(Map<String, Object> event, String type) {
        event.put("evt.type", type);
        event.put("fd.num", 5);
        event.put("fd.type", "ipv4");
        event.put("fd.typechar", "4");
        event.put("fd.l4proto", "tcp");
    }

    private static void contained(Map<String, Object> event, String value) {
        if (!value.equals("container")) {
            throw new IllegalArgumentException("in: " + value);
        }
        event.put("container.id", "0123456789ab");
        event.put("container.name", "web");
        event.put("container.image.repository", "example/web");
        event.put("container.image.tag", "1");
    }
}
