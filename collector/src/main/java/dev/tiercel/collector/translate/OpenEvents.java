package dev.tiercel.collector.translate;

import dev.tiercel.collector.node.Descriptor;
import dev.tiercel.collector.node.DeviceNumbers;
import dev.tiercel.collector.node.ProcessEntry;
import dev.tiercel.collector.node.StateChanges;
import dev.tiercel.kevent.HeaderDecoder;
import dev.tiercel.kevent.OpenDecoder;
import dev.tiercel.schemas.BatchWriter;
import dev.tiercel.schemas.EventDescriptor;
import java.nio.ByteBuffer;

/// Events of the open family.
final class OpenEvents {
    private final StateChanges changes;
    private final PathResolver path = new PathResolver();

    OpenEvents(StateChanges changes) {
        this.changes = changes;
    }

    /// Applies a successful open: the process has a new descriptor.
    void apply(OpenDecoder record, ByteBuffer data, ProcessEntry process) {
        if (record.ret() < 0 || viaIoUring(record)) {
            return;
        }
        int kind = Descriptor.kindOfMode(record.fileMode());
        boolean closeOnExec = (record.flags() & Call.O_CLOEXEC) != 0;
        int number = (int) record.ret();
        Descriptor known = process.descriptors().get(number);
        if (known != null
                && known.kind() == kind
                && known.closeOnExec() == closeOnExec
                && known.inode() == record.ino()
                && equal(known.path(), data, record.fileOffset(), record.fileLength())) {
            return;
        }
        byte[] name = record.fileLength() > 0 ? record.fileBytes() : resolved(record, data, process);
        changes.descriptor(process, number, new Descriptor(kind, name, record.ino(), closeOnExec));
    }

    /// The path as passed, for a file that has none of its own, such as a namespace.
    private byte[] resolved(OpenDecoder record, ByteBuffer data, ProcessEntry process) {
        resolve(record, data, process);
        return path.toByteArray();
    }

    /// Writes the event, from its arguments on.
    void write(Call call, OpenDecoder record, ByteBuffer data, ProcessEntry process, BatchWriter writer) {
        writer.arguments(call.arguments().size());
        for (int i = 0; i < call.arguments().size(); i++) {
            argument(call.arguments().get(i).value(), record, data, writer);
        }
        boolean opened = record.ret() >= 0 && record.fileLength() > 0;
        if (!opened) {
            resolve(record, data, process);
        }
        boolean known = opened || !faulted(record);
        writer.paths(known ? 1 : 0);
        if (known) {
            writePath(opened, record, data, writer);
        }
        writeDescriptor(opened, record, data, writer);
    }

    private void writeDescriptor(boolean opened, OpenDecoder record, ByteBuffer data, BatchWriter writer) {
        int number = viaIoUring(record)
                ? EventDescriptor.UNKNOWN_NUMBER
                : Call.returnedDescriptor(record.ret());
        int kind = record.ret() < 0 || viaIoUring(record) ? Descriptor.FILE : Descriptor.kindOfMode(record.fileMode());
        writer.beginFileDescriptor(number, kind);
        writePath(opened, record, data, writer);
        writer.endFileDescriptor(DeviceNumbers.asStat(record.dev()), record.ino(), record.fileMode(), record.state());
    }

    private void writePath(boolean opened, OpenDecoder record, ByteBuffer data, BatchWriter writer) {
        if (opened) {
            writer.path(data, record.fileOffset(), record.fileLength());
        } else {
            writer.path(path.bytes(), 0, path.length());
        }
    }

    private void resolve(OpenDecoder record, ByteBuffer data, ProcessEntry process) {
        if (faulted(record)) {
            path.clear();
        } else if (record.dirLength() > 0) {
            path.resolve(data, record.dirOffset(), record.dirLength(), record.pathOffset(), record.pathLength());
        } else {
            byte[] base = CallEvents.directory(process, record.dirfd());
            path.resolve(base, data, record.pathOffset(), record.pathLength());
        }
    }

    private static void argument(Call.ArgumentValue kind, OpenDecoder record, ByteBuffer data, BatchWriter writer) {
        boolean noFile = record.ret() < 0 || viaIoUring(record);
        switch (kind) {
            case RESULT -> numberOrNull(viaIoUring(record), record.ret(), writer);
            case PATH -> pathArgument(record, data, writer);
            case FILE -> writer.argument(data, record.fileOffset(), record.fileLength());
            case FLAGS -> writer.argument(record.flags() & 0xffff_ffffL);
            case MODE -> writer.argument(record.mode() & 0xffff_ffffL);
            case RESOLVE -> writer.argument(record.resolve());
            case DIRECTORY -> writer.argument(record.dirfd());
            case DEVICE -> numberOrNull(noFile, DeviceNumbers.asStat(record.dev()), writer);
            case INODE -> numberOrNull(noFile, record.ino(), writer);
            default -> writer.argumentNull();
        }
    }

    /// Whether it was submitted through io_uring: the result is unknown, and the event that of a successful open.
    private static boolean viaIoUring(OpenDecoder record) {
        return (record.recordFlags() & HeaderDecoder.FLAG_IO_URING) != 0;
    }

    /// Whether the probe could not read the path.
    private static boolean faulted(OpenDecoder record) {
        return record.pathLength() == 0 && (record.recordFlags() & HeaderDecoder.FLAG_FAULT) != 0;
    }

    private static void pathArgument(OpenDecoder record, ByteBuffer data, BatchWriter writer) {
        if (faulted(record)) {
            writer.argumentNull();
        } else {
            writer.argument(data, record.pathOffset(), record.pathLength());
        }
    }

    private static void numberOrNull(boolean absent, long value, BatchWriter writer) {
        if (absent) {
            writer.argumentNull();
        } else {
            writer.argument(value);
        }
    }

    private static boolean equal(byte[] path, ByteBuffer data, int offset, int length) {
        if (path.length != length) {
            return false;
        }
        for (int i = length - 1; i >= 0; i--) {
            if (path[i] != data.get(offset + i)) {
                return false;
            }
        }
        return true;
    }
}
