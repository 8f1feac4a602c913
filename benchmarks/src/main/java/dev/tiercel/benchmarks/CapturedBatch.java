package dev.tiercel.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.schemas.BatchHeader;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.ContainerEncoder;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.Parameter;
import dev.tiercel.schemas.ParameterType;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.ProcessEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes events that are given by field (`proc.name` → `cat`) into a batch: their processes with as many ancestors as
/// are known, containers, arguments, paths and descriptors. What a capture does not say is unknown in the batch.
final class CapturedBatch {

    private static final long TIME = 1_555_011_254_000_000_000L;
    private static final int MOST_ANCESTORS = 8;
    private static final Map<String, Integer> OPEN_FLAGS = Map.of(
            "O_WRONLY",
            1,
            "O_RDWR",
            2,
            "O_CREAT",
            0x40,
            "O_EXCL",
            0x80,
            "O_TRUNC",
            0x200,
            "O_APPEND",
            0x400,
            "O_NONBLOCK",
            0x800,
            "O_DIRECTORY",
            0x10000,
            "O_CLOEXEC",
            0x80000);
    private static final Map<String, Integer> FILE_KINDS =
            Map.of("f", 1, "d", 2, "p", 3, "e", 6, "s", 7, "l", 8, "i", 9, "t", 10);

    private final BatchWriter writer = new BatchWriter();
    private final Map<List<Object>, Integer> processes = new HashMap<>();
    private final Map<String, Integer> containers = new HashMap<>();

    void begin(long sequence) {
        processes.clear();
        containers.clear();
        writer.begin(new BatchHeader("node", 0, sequence, TIME, sequence * RuleFixtures.BATCH, TIME));
    }

    byte[] finish() {
        return writer.finish(0, 1);
    }

    void add(Map<String, Object> event) {
        int process = process(event);
        EventType type = EventType.named(text(event, "evt.type")).orElse(EventType.SYSCALL);
        writer.beginEvent(
                type.number(),
                number(event, "evt.rawtime", TIME),
                process,
                number(event, "thread.tid", number(event, "proc.pid", 0)),
                0,
                number(event, "evt.rawres", 0));
        writer.arguments(type.parameters().size());
        type.parameters().forEach(parameter -> argument(event, parameter));
        path(event);
        descriptor(event);
    }

    private int process(Map<String, Object> event) {
        int parent = -1;
        for (int level = MOST_ANCESTORS; level > 0; level--) {
            if (event.containsKey("proc.aname[" + level + "]")) {
                parent = ancestor(event, level, parent);
            }
        }
        int container = container(event);
        ProcessEncoder process = named(text(event, "proc.name"), number(event, "proc.pid", 0))
                .exe(text(event, "proc.exe"))
                .exePath(text(event, "proc.exepath"))
                .arguments(words(text(event, "proc.args")))
                .cwd(text(event, "proc.cwd"))
                .uid(number(event, "user.uid", 0))
                .gid(number(event, "group.gid", 0))
                .loginUid(number(event, "user.loginuid", -1))
                .set(ProcessAttribute.TTY, number(event, "proc.tty", 0))
                .set(ProcessAttribute.SID, number(event, "proc.sid", -1))
                .set(ProcessAttribute.VPID, number(event, "proc.vpid", number(event, "proc.pid", 0)));
        return once(parent, container, process);
    }

    private int ancestor(Map<String, Object> event, int level, int parent) {
        String name = text(event, "proc.aname[" + level + "]");
        List<String> command = level == 1 ? words(text(event, "proc.pcmdline")) : List.of();
        ProcessEncoder ancestor = named(name, number(event, "proc.apid[" + level + "]", level))
                .exe(name)
                .arguments(command.subList(Math.min(1, command.size()), command.size()));
        return once(parent, -1, ancestor);
    }

    private static ProcessEncoder named(String name, long pid) {
        return new ProcessEncoder().name(name).pid(pid).startTime(TIME - pid * 1_000_003);
    }

    private int once(int parent, int container, ProcessEncoder process) {
        byte[] body = process.encode();
        return processes.computeIfAbsent(
                List.of(parent, container, new String(body, UTF_8)),
                absent -> writer.addProcess(parent, -1, -1, container, body, body.length));
    }

    private int container(Map<String, Object> event) {
        String id = text(event, "container.id");
        if (id.isEmpty() || id.equals("host")) {
            return -1;
        }
        return containers.computeIfAbsent(
                id,
                absent -> writer.addContainer(new ContainerEncoder()
                        .id(id)
                        .fullId(id)
                        .runtime(text(event, "container.type"))
                        .name(text(event, "container.name"))
                        .imageRepository(text(event, "container.image.repository"))
                        .encode()));
    }

    private void argument(Map<String, Object> event, Parameter parameter) {
        String value = text(event, "evt.arg." + parameter.name());
        boolean path = parameter.type() == ParameterType.PATH || parameter.type() == ParameterType.RELATIVE_PATH;
        if (path || parameter.type() == ParameterType.STRING) {
            byte[] bytes = value.getBytes(UTF_8);
            writer.argument(bytes, 0, bytes.length);
        } else if (parameter.name().equals("flags")) {
            writer.argument(openFlags(value));
        } else if (parameter.type() == ParameterType.FD) {
            writer.argument(number(event, "fd.num", -1));
        } else if (parameter.name().equals("res")) {
            writer.argument(number(event, "evt.rawres", 0));
        } else {
            writer.argumentNull();
        }
    }

    private static long openFlags(String names) {
        long flags = 0;
        for (String name : names.split("\\|", -1)) {
            flags |= OPEN_FLAGS.getOrDefault(name, 0);
        }
        return flags;
    }

    private void path(Map<String, Object> event) {
        byte[] path = text(event, "evt.arg.name").isEmpty()
                ? new byte[0]
                : text(event, "fd.name").getBytes(UTF_8);
        writer.paths(path.length == 0 ? 0 : 1);
        if (path.length > 0) {
            writer.path(path, 0, path.length);
        }
    }

    private void descriptor(Map<String, Object> event) {
        byte[] name = text(event, "fd.name").getBytes(UTF_8);
        String mark = text(event, "fd.typechar");
        int number = (int) number(event, "fd.num", -1);
        if (mark.equals("4") || mark.equals("6")) {
            writer.beginSocketDescriptor(number, 2, text(event, "fd.l4proto").equals("udp") ? 2 : 1, 0);
            writer.endpoint(address(event, "fd.lip"), 0, 4, (int) number(event, "fd.lport", 0));
            writer.endpoint(address(event, "fd.rip"), 0, 4, (int) number(event, "fd.rport", 0));
            writer.endSocketDescriptor(Boolean.TRUE.equals(event.get("fd.is_server")), new byte[0], 0, true);
        } else if (FILE_KINDS.containsKey(mark)) {
            writer.beginFileDescriptor(number, FILE_KINDS.get(mark));
            writer.path(name, 0, name.length);
            writer.endFileDescriptor(0, 0, 0, 0);
        } else {
            writer.noDescriptor();
        }
    }

    private static byte[] address(Map<String, Object> event, String field) {
        byte[] address = new byte[4];
        String[] parts = text(event, field).split("\\.", -1);
        for (int i = 0; i < address.length && parts.length == address.length; i++) {
            address[i] = (byte) Integer.parseInt(parts[i]);
        }
        return address;
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    private static String text(Map<String, Object> event, String field) {
        return event.get(field) instanceof String text ? text : "";
    }

    private static long number(Map<String, Object> event, String field, long absent) {
        return event.get(field) instanceof Number number ? number.longValue() : absent;
    }
}
