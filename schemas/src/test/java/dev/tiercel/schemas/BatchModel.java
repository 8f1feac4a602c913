package dev.tiercel.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.schemas.avro.Container;
import dev.tiercel.schemas.avro.FileDescriptor;
import dev.tiercel.schemas.avro.Mount;
import dev.tiercel.schemas.avro.Process;
import dev.tiercel.schemas.avro.SocketDescriptor;
import dev.tiercel.schemas.avro.SyscallBatch;
import dev.tiercel.schemas.avro.SyscallEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// A batch as Avro's objects: written with [BatchWriter], read with [BatchCursor].
final class BatchModel {

    private BatchModel() {}

    static byte[] write(BatchWriter writer, SyscallBatch batch, int schemaId) {
        writer.begin(new BatchHeader(
                batch.getNode(),
                batch.getLane(),
                batch.getSequence(),
                batch.getCollectorStart(),
                batch.getFirstEvent(),
                batch.getBaseTime()));
        writer.unwatchedSince(batch.getUnwatchedSince());
        batch.getProcesses().forEach(process -> write(writer, process));
        batch.getContainers().forEach(container -> writer.addContainer(encode(container)));
        batch.getEvents().forEach(event -> write(writer, event, batch.getBaseTime()));
        return writer.finish(batch.getLost(), schemaId);
    }

    private static void write(BatchWriter writer, Process process) {
        byte[] body = encode(process);
        writer.addProcess(
                process.getParent(),
                process.getSessionLeader(),
                process.getGroupLeader(),
                process.getContainer(),
                body,
                body.length);
    }

    @SuppressWarnings("unchecked") // as the schema says
    private static byte[] encode(Process process) {
        ProcessEncoder encoder = new ProcessEncoder();
        for (ProcessAttribute attribute : ProcessAttribute.values()) {
            Object value = process.get(position(attribute));
            switch (attribute.kind()) {
                case NUMBER, INT -> encoder.set(attribute, ((Number) value).longValue());
                case TEXT, OPTIONAL_TEXT -> encoder.set(attribute, (String) value);
                case TEXTS -> encoder.set(attribute, (List<String>) value);
                case NUMBERS ->
                    encoder.set(
                            attribute,
                            ((List<Long>) value)
                                    .stream().mapToLong(Long::longValue).toArray());
            }
        }
        return encoder.encode();
    }

    private static int position(ProcessAttribute attribute) {
        return Process.getClassSchema().getField(attribute.avroField()).pos();
    }

    private static byte[] encode(Container container) {
        return new ContainerEncoder()
                .id(container.getId())
                .fullId(container.getFullId())
                .runtime(container.getRuntime())
                .name(container.getName())
                .image(container.getImage())
                .imageRepository(container.getImageRepository())
                .imageTag(container.getImageTag())
                .imageDigest(container.getImageDigest())
                .imageId(container.getImageId())
                .privileged(container.getPrivileged())
                .startTime(container.getStartTime())
                .ip(container.getIp())
                .mounts(container.getMounts().stream()
                        .map(mount -> new ContainerMount(
                                mount.getSource(),
                                mount.getDestination(),
                                mount.getMode(),
                                mount.getWritable(),
                                mount.getPropagation()))
                        .toList())
                .labels(container.getLabels())
                .encode();
    }

    private static void write(BatchWriter writer, SyscallEvent event, long baseTime) {
        writer.beginEvent(
                event.getType(),
                baseTime + event.getTime(),
                event.getProcess(),
                event.getTid(),
                event.getCpu(),
                event.getResult());
        writer.arguments(event.getArguments().size());
        event.getArguments().forEach(argument -> writeArgument(writer, argument));
        writer.paths(event.getPaths().size());
        for (String path : event.getPaths()) {
            byte[] utf8 = path.getBytes(UTF_8);
            writer.path(utf8, 0, utf8.length);
        }
        if (event.getTruncated()) {
            writer.truncated();
        }
        writeDescriptor(writer, event.getDescriptor());
    }

    private static void writeArgument(BatchWriter writer, @Nullable Object argument) {
        switch (argument) {
            case null -> writer.argumentNull();
            case Long number -> writer.argument(number);
            case String text -> writer.argument(ByteBuffer.wrap(text.getBytes(UTF_8)), 0, text.getBytes(UTF_8).length);
            case ByteBuffer bytes -> writer.argumentBytes(bytes, 0, bytes.limit());
            default -> throw new IllegalArgumentException(String.valueOf(argument));
        }
    }

    private static void writeDescriptor(BatchWriter writer, @Nullable Object descriptor) {
        switch (descriptor) {
            case null -> writer.noDescriptor();
            case FileDescriptor file -> {
                writer.beginFileDescriptor(file.getNumber(), file.getKind());
                ByteBuffer path = ByteBuffer.wrap(file.getPath().getBytes(UTF_8));
                writer.path(path, 0, path.limit());
                writer.endFileDescriptor(file.getDevice(), file.getInode(), file.getMode(), file.getFlags());
            }
            case SocketDescriptor socket -> {
                writer.beginSocketDescriptor(
                        socket.getNumber(), socket.getFamily(), socket.getType(), socket.getProtocol());
                ByteBuffer local = socket.getLocalAddress();
                writer.endpoint(local, 0, local.limit(), socket.getLocalPort());
                byte[] remote = socket.getRemoteAddress().array();
                writer.endpoint(remote, 0, remote.length, socket.getRemotePort());
                writer.endSocketDescriptor(
                        socket.getServer(), socket.getPath().getBytes(UTF_8), socket.getInode(), socket.getConnected());
            }
            default -> throw new IllegalArgumentException(String.valueOf(descriptor));
        }
    }

    static SyscallBatch read(BatchCursor cursor) {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < cursor.processCount(); i++) {
            processes.add(read(cursor.process(i)));
        }
        List<Container> containers = new ArrayList<>();
        for (int i = 0; i < cursor.containerCount(); i++) {
            containers.add(read(cursor.container(i)));
        }
        List<SyscallEvent> events = new ArrayList<>();
        while (cursor.next()) {
            events.add(readEvent(cursor));
        }
        return new SyscallBatch(
                cursor.node(),
                cursor.lane(),
                cursor.sequence(),
                cursor.collectorStart(),
                cursor.firstEvent(),
                cursor.baseTime(),
                cursor.lost(),
                processes,
                containers,
                events,
                cursor.unwatchedSince());
    }

    private static Process read(ProcessView view) {
        Process process =
                filled(new Process(), view.parent(), view.sessionLeader(), view.groupLeader(), view.container());
        for (ProcessAttribute attribute : ProcessAttribute.values()) {
            process.put(position(attribute), value(view, attribute));
        }
        return process;
    }

    private static @Nullable Object value(ProcessView view, ProcessAttribute attribute) {
        return switch (attribute.kind()) {
            case NUMBER -> view.number(attribute);
            case INT -> (int) view.number(attribute);
            case TEXT, OPTIONAL_TEXT -> view.text(attribute);
            case TEXTS -> view.texts(attribute);
            case NUMBERS -> LongStream.of(view.numbers(attribute)).boxed().toList();
        };
    }

    private static Container read(ContainerView view) {
        List<Mount> mounts = view.mounts().stream()
                .map(mount -> new Mount(
                        mount.source(), mount.destination(), mount.mode(), mount.writable(), mount.propagation()))
                .toList();
        return filled(
                new Container(),
                view.id(),
                view.fullId(),
                view.runtime(),
                view.name(),
                view.image(),
                view.imageRepository(),
                view.imageTag(),
                view.imageDigest(),
                view.imageId(),
                view.privileged(),
                view.startTime(),
                view.ip(),
                mounts,
                view.labels());
    }

    private static SyscallEvent readEvent(BatchCursor cursor) {
        List<@Nullable Object> arguments = new ArrayList<>();
        for (int i = 0; i < cursor.argumentCount(); i++) {
            arguments.add(
                    switch (cursor.argumentKind(i)) {
                        case NULL -> null;
                        case LONG -> cursor.argumentLong(i);
                        case STRING -> cursor.argumentString(i);
                        case BYTES -> ByteBuffer.wrap(cursor.argumentBytes(i));
                    });
        }
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < cursor.pathCount(); i++) {
            paths.add(cursor.path(i));
        }
        return filled(
                new SyscallEvent(),
                cursor.type(),
                cursor.time() - cursor.baseTime(),
                cursor.process(),
                cursor.tid(),
                cursor.cpu(),
                cursor.result(),
                arguments,
                paths,
                descriptor(cursor.descriptor()).orElse(null),
                cursor.truncated());
    }

    /// The record with these values, in the order of its fields.
    static <T extends SpecificRecord> T filled(T record, @Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            record.put(i, values[i]);
        }
        return record;
    }

    private static Optional<Object> descriptor(EventDescriptor view) {
        return switch (view.kind()) {
            case NONE -> Optional.empty();
            case FILE ->
                Optional.of(new FileDescriptor(
                        view.number(),
                        view.fileKind(),
                        view.path(),
                        view.device(),
                        view.inode(),
                        view.mode(),
                        view.flags()));
            case SOCKET -> Optional.of(socket(view));
        };
    }

    private static SocketDescriptor socket(EventDescriptor view) {
        return new SocketDescriptor(
                view.number(),
                view.family(),
                view.socketType(),
                view.protocol(),
                ByteBuffer.wrap(view.localAddress()),
                view.localPort(),
                ByteBuffer.wrap(view.remoteAddress()),
                view.remotePort(),
                view.server(),
                view.path(),
                view.inode(),
                view.connected());
    }

    /// The record in Confluent's framing, with a body from another writer.
    static byte[] framed(int schemaId, byte[] body) {
        byte[] record = new byte[WireFormat.HEADER_BYTES + body.length];
        WireFormat.writeHeader(record, schemaId);
        System.arraycopy(body, 0, record, WireFormat.HEADER_BYTES, body.length);
        return record;
    }
}
