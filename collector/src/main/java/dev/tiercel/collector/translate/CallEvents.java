package dev.tiercel.collector.translate;

import dev.tiercel.collector.node.Descriptor;
import dev.tiercel.collector.node.DeviceNumbers;
import dev.tiercel.collector.node.ProcessEntry;
import dev.tiercel.collector.node.StateChanges;
import dev.tiercel.kevent.HeaderDecoder;
import dev.tiercel.kevent.SyscallDecoder;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.EventType;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Events of system calls other than opens and socket calls: arguments, paths and descriptor, and the calls' effects on
/// the process.
final class CallEvents {
    private static final byte[] NO_PATH = {};
    private static final int DESCRIPTOR_STRING = 3;
    private static final int AT_FDCWD = -100;

    private final StateChanges changes;
    private final PathResolver[] paths = {new PathResolver(), new PathResolver()};

    CallEvents(StateChanges changes) {
        this.changes = changes;
    }

    /// Resolves the paths; to be called before [#apply], since they are relative to the directory before the call.
    void resolve(Call call, SyscallDecoder record, ByteBuffer data, ProcessEntry process) {
        for (int i = 0; i < call.paths().size(); i++) {
            resolve(paths[i], call.paths().get(i), record, data, process);
        }
    }

    /// Applies the effects of a successful call to its process.
    void apply(Call call, SyscallDecoder record, ProcessEntry process) {
        if (record.ret() < 0) {
            return;
        }
        switch (call.type()) {
            case CHDIR -> changes.changeDirectory(process, paths[0].toByteArray(), record.isCut());
            case FCHDIR -> fchdir(record, process);
            case SETGID -> changes.changeGid(process, record.arg(0));
            case SETREGID, SETRESGID -> changes.changeGid(process, record.arg(1));
            case SETSID -> changes.newSession(process);
            case SETPGID -> changes.changeGroup(process, (int) record.arg(0), (int) record.arg(1));
            case UNSHARE -> changes.leaveNamespaces(process, record.arg(0));
            case SETNS -> changes.leaveNamespaces(process, record.arg(1));
            case MKDIR, MKDIRAT -> changes.directoryMade(paths[0].toByteArray());
            case CLOSE -> changes.descriptor(process, (int) record.arg(0), null);
            default -> {}
        }
        switch (call.descriptor().role()) {
            case COPY -> noteCopy(call, record, process);
            case NEW -> noteNew(call, record, process);
            default -> {}
        }
    }

    /// Writes the event, from its arguments on.
    void write(Call call, SyscallDecoder record, ByteBuffer data, ProcessEntry process, BatchWriter writer) {
        if (call.arguments().getFirst().value() == Call.ArgumentValue.EXEC) {
            writeFailedExec(call, record, data, process, writer);
            return;
        }
        writer.arguments(call.arguments().size());
        for (int i = 0; i < call.arguments().size(); i++) {
            argument(call.arguments().get(i), record, data, writer);
        }
        int known = faulted(call, record) ? 0 : call.paths().size();
        writer.paths(known);
        for (int i = 0; i < known; i++) {
            writer.path(paths[i].bytes(), 0, paths[i].length());
        }
        descriptor(call, record, data, process, writer);
    }

    private void resolve(
            PathResolver text, Call.PathMapping mapping, SyscallDecoder record, ByteBuffer data, ProcessEntry process) {
        int offset = record.stringOffset(mapping.string());
        int length = record.stringLength(mapping.string());
        if (mapping.directory() >= 0 && record.stringLength(mapping.directory()) > 0) {
            int directory = mapping.directory();
            text.resolve(data, record.stringOffset(directory), record.stringLength(directory), offset, length);
            return;
        }
        int number = mapping.descriptor() < 0 ? AT_FDCWD : (int) record.arg(mapping.descriptor());
        text.resolve(directory(process, number), data, offset, length);
    }

    /// Path of the directory that a dirfd names.
    static byte[] directory(ProcessEntry process, int number) {
        if (number == AT_FDCWD) {
            return process.state().cwd();
        }
        Descriptor known = process.descriptors().get(number);
        return known == null ? NO_PATH : known.path();
    }

    private void argument(Call.ArgumentMapping mapping, SyscallDecoder record, ByteBuffer data, BatchWriter writer) {
        switch (mapping.value()) {
            case RESULT -> writer.argument(record.ret());
            case NUMBER -> writer.argument(record.nr());
            case ARGUMENT, ARGUMENT_INT, ARGUMENT_UNSIGNED ->
                writer.argument(mapping.number(record.arg(mapping.index())));
            case STRING -> string(mapping.index(), record, data, writer);
            default -> writer.argumentNull();
        }
    }

    private static void string(int index, SyscallDecoder record, ByteBuffer data, BatchWriter writer) {
        if (faulted(index, record)) {
            writer.argumentNull();
        } else {
            writer.argument(data, record.stringOffset(index), record.stringLength(index));
        }
    }

    /// Whether the probe could not read the string.
    private static boolean faulted(int index, SyscallDecoder record) {
        return record.stringLength(index) == 0 && (record.recordFlags() & HeaderDecoder.FLAG_FAULT) != 0;
    }

    private static boolean faulted(Call call, SyscallDecoder record) {
        for (int i = 0; i < call.paths().size(); i++) {
            if (faulted(call.paths().get(i).string(), record)) {
                return true;
            }
        }
        return false;
    }

    private void writeFailedExec(
            Call call, SyscallDecoder record, ByteBuffer data, ProcessEntry process, BatchWriter writer) {
        ProcessEvents.exec(writer, call.type(), process, record.tid(), record.ret());
        if (call.type() != EventType.EXECVE) {
            writer.paths(0);
            writer.noDescriptor();
            return;
        }
        writer.argument(data, record.stringOffset(0), record.stringLength(0));
        paths[0].resolve(process.state().cwd(), data, record.stringOffset(0), record.stringLength(0));
        writer.paths(1);
        writer.path(paths[0].bytes(), 0, paths[0].length());
        writer.noDescriptor();
    }

    private void descriptor(
            Call call, SyscallDecoder record, ByteBuffer data, ProcessEntry process, BatchWriter writer) {
        Call.DescriptorMapping mapping = call.descriptor();
        switch (mapping.role()) {
            case ARGUMENT -> writeArgument((int) record.arg(mapping.value()), record, data, process, writer);
            case COPY -> {
                int number = call.duplicated(record.ret(), record.arg(mapping.value()));
                writeExisting(number, record, data, process, writer);
            }
            case NEW -> writeNew(mapping.value(), record, data, writer);
            default -> writer.noDescriptor();
        }
    }

    private static void writeArgument(
            int number, SyscallDecoder record, ByteBuffer data, ProcessEntry process, BatchWriter writer) {
        if (number < 0) { // AT_FDCWD
            writer.noDescriptor();
        } else {
            writeExisting(number, record, data, process, writer);
        }
    }

    /// Writes a descriptor with the path that the probe reports as string 3, or else the remembered one.
    private static void writeExisting(
            int number, SyscallDecoder record, ByteBuffer data, ProcessEntry process, BatchWriter writer) {
        Descriptor known = process.descriptors().get(number);
        boolean fromProbe = record.stringLength(DESCRIPTOR_STRING) > 0;
        int kind = record.fileMode() != 0 ? Descriptor.kindOfMode(record.fileMode()) : kind(known);
        writer.beginFileDescriptor(number, kind);
        if (fromProbe) {
            writer.path(data, record.stringOffset(DESCRIPTOR_STRING), record.stringLength(DESCRIPTOR_STRING));
        } else {
            byte[] path = known == null ? NO_PATH : known.path();
            writer.path(path, 0, path.length);
        }
        long inode = record.ino() != 0 || known == null || fromProbe ? record.ino() : known.inode();
        writer.endFileDescriptor(DeviceNumbers.asStat(record.dev()), inode, record.fileMode(), 0);
    }

    private static void writeNew(int kind, SyscallDecoder record, ByteBuffer data, BatchWriter writer) {
        writer.beginFileDescriptor(Call.returnedDescriptor(record.ret()), kind);
        writer.path(data, record.stringOffset(0), record.stringLength(0));
        writer.endFileDescriptor(0, 0, 0, 0);
    }

    private static int kind(@Nullable Descriptor known) {
        return known == null || known.kind() == Descriptor.SOCKET ? Descriptor.UNKNOWN : known.kind();
    }

    private void fchdir(SyscallDecoder record, ProcessEntry process) {
        if (record.stringLength(DESCRIPTOR_STRING) > 0) {
            changes.changeDirectory(process, record.stringBytes(DESCRIPTOR_STRING), record.isCut());
            return;
        }
        Descriptor known = process.descriptors().get((int) record.arg(0));
        changes.changeDirectory(process, known == null ? NO_PATH : known.path(), false);
    }

    private void noteCopy(Call call, SyscallDecoder record, ProcessEntry process) {
        boolean closeOnExec = call.closesOnExec(record.arg(1), record.arg(2), record.arg(3));
        Descriptor original =
                process.descriptors().get((int) record.arg(call.descriptor().value()));
        Descriptor copy = record.stringLength(DESCRIPTOR_STRING) > 0
                ? new Descriptor(
                        Descriptor.kindOfMode(record.fileMode()),
                        record.stringBytes(DESCRIPTOR_STRING),
                        record.ino(),
                        closeOnExec)
                : original == null ? null : original.copy(closeOnExec);
        changes.descriptor(process, (int) record.ret(), copy);
    }

    private void noteNew(Call call, SyscallDecoder record, ProcessEntry process) {
        Descriptor descriptor = new Descriptor(call.descriptor().value(), record.stringBytes(0), 0, false);
        changes.descriptor(process, (int) record.ret(), descriptor);
    }
}
