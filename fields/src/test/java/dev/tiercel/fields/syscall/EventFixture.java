package dev.tiercel.fields.syscall;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.schemas.BatchCursor;
import dev.tiercel.schemas.BatchHeader;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.ContainerEncoder;
import dev.tiercel.schemas.EventType;
import dev.tiercel.schemas.ProcessAttribute;
import dev.tiercel.schemas.ProcessEncoder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Builds one batch, event by event, and reads it back.
public final class EventFixture {

    static final long TIME = 1_470_327_477_881_781_397L;
    static final String NODE = "node-1";

    private final BatchWriter writer = new BatchWriter();

    public EventFixture() {
        this(100);
    }

    /// A batch after `earlier` events of its lane.
    EventFixture(long earlier) {
        writer.begin(new BatchHeader(NODE, 0, 0, TIME - 5_000_000_123L, earlier, TIME));
    }

    public int container(ContainerEncoder container) {
        return writer.addContainer(container.encode());
    }

    public int process(int parent, ProcessEncoder process) {
        return process(parent, -1, -1, -1, process);
    }

    public int process(int parent, int sessionLeader, int groupLeader, int container, ProcessEncoder process) {
        byte[] body = process.encode();
        return writer.addProcess(parent, sessionLeader, groupLeader, container, body, body.length);
    }

    /// systemd, sshd, bash: what most events hang on. Returns the index of bash.
    public int shell() {
        int init = process(-1, named("systemd", 1).exePath("/usr/lib/systemd/systemd"));
        int sshd = process(init, named("sshd", 700).exePath("/usr/sbin/sshd"));
        return process(
                sshd, named("bash", 800).exe("-bash").exePath("/usr/bin/bash").cwd("/root/"));
    }

    public static ProcessEncoder named(String name, long pid) {
        return new ProcessEncoder()
                .name(name)
                .exe(name)
                .exePath("/usr/bin/" + name)
                .cwd("/")
                .pid(pid)
                .set(ProcessAttribute.VPID, pid)
                .set(ProcessAttribute.SID, pid)
                .set(ProcessAttribute.PGID, pid)
                .set(ProcessAttribute.VPGID, pid)
                .loginUid(-1)
                .user("root")
                .group("root")
                .startTime(TIME - 1_000_000_000L);
    }

    /// Starts an event; arguments follow: Long, String, byte[] or null.
    public void event(EventType type, int process, long result, @Nullable Object... arguments) {
        writer.beginEvent(type.number(), TIME + 1, process, 4711, 3, result);
        writer.arguments(arguments.length);
        for (Object argument : arguments) {
            switch (argument) {
                case null -> writer.argumentNull();
                case Long number -> writer.argument(number);
                case Integer number -> writer.argument((long) number);
                case byte[] bytes -> writer.argumentBytes(bytes, 0, bytes.length);
                default -> {
                    byte[] text = argument.toString().getBytes(UTF_8);
                    writer.argument(text, 0, text.length);
                }
            }
        }
    }

    public EventFixture paths(String... paths) {
        writer.paths(paths.length);
        for (String path : paths) {
            byte[] text = path.getBytes(UTF_8);
            writer.path(text, 0, text.length);
        }
        return this;
    }

    public void noDescriptor() {
        writer.noDescriptor();
    }

    public void file(int number, int kind, String path, int flags) {
        writer.beginFileDescriptor(number, kind);
        byte[] text = path.getBytes(UTF_8);
        writer.path(text, 0, text.length);
        writer.endFileDescriptor(0x563BL, 4242, 0100644, flags);
    }

    /// Addresses as text; empty: unknown.
    public void socket(int number, int family, int type, List<Object> local, List<Object> remote, boolean server) {
        writer.beginSocketDescriptor(number, family, type, type == 1 ? 6 : 17);
        end(local);
        end(remote);
        writer.endSocketDescriptor(server, new byte[0], 99, !remote.isEmpty());
    }

    void unixSocket(int number, String path) {
        writer.beginSocketDescriptor(number, 1, 1, 0);
        end(List.of());
        end(List.of());
        writer.endSocketDescriptor(false, path.getBytes(UTF_8), 99, true);
    }

    /// A datagram socket that is not connected; `peer` is what the call named.
    void datagram(int number, List<Object> peer) {
        writer.beginSocketDescriptor(number, 2, 2, 17);
        end(List.of());
        end(peer);
        writer.endSocketDescriptor(false, new byte[0], 98, false);
    }

    /// An event with a type number that nobody has given out.
    void unknownEvent(int type) {
        writer.beginEvent(type, TIME, -1, 1, 0, 0);
        writer.arguments(1);
        writer.argument(5L);
        writer.paths(0);
        writer.noDescriptor();
    }

    private void end(List<Object> end) {
        byte[] address = end.isEmpty() ? new byte[0] : Objects.requireNonNull(Addresses.parse((String) end.get(0)));
        writer.endpoint(address, 0, address.length, end.isEmpty() ? 0 : (Integer) end.get(1));
    }

    public byte[] record() {
        return writer.finish(0, 7);
    }

    BatchCursor cursor() {
        return new BatchCursor().wrap(record());
    }
}
