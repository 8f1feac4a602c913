package dev.tiercel.collector.translate;

import java.nio.ByteBuffer;

/// Makes paths absolute lexically, in a reused buffer: resolves `.`, `..` and doubled slashes as Falco does, but not
/// symbolic links.
final class PathResolver {
    /// A directory and a path, both of the kernel's maximum length.
    private static final int LIMIT = 2 * 4096 + 2;

    private final byte[] bytes = new byte[LIMIT];
    private int length;
    private int root;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    byte[] toByteArray() {
        return java.util.Arrays.copyOf(bytes, length);
    }

    void clear() {
        length = 0;
    }

    /// Sets the path unchanged, cut off at the limit.
    void set(ByteBuffer record, int offset, int count) {
        length = Math.min(count, LIMIT);
        record.get(offset, bytes, 0, length);
    }

    /// Resolves a path of the record against the directory `base`; if that is empty, a relative path stays relative.
    void resolve(byte[] base, ByteBuffer record, int offset, int count) {
        if (count > 0 && record.get(offset) == '/') {
            begin();
        } else if (base.length > 0 && base[0] == '/') {
            begin();
            append(base, base.length);
        } else {
            set(record, offset, count);
            return;
        }
        append(record, offset, count);
    }

    /// Resolves a path against a directory in the same record.
    void resolve(ByteBuffer record, int baseOffset, int baseCount, int offset, int count) {
        boolean absolute = count > 0 && record.get(offset) == '/';
        begin();
        if (!absolute && baseCount > 0 && record.get(baseOffset) != '/') {
            length = 0; // the probe cut off the top of a very deep directory
            root = 0;
        }
        if (!absolute) {
            append(record, baseOffset, baseCount);
        }
        append(record, offset, count);
    }

    private void begin() {
        bytes[0] = '/';
        length = 1;
        root = 1;
    }

    private void append(byte[] path, int count) {
        int start = 0;
        for (int i = 0; i <= count; i++) {
            if (i == count || path[i] == '/') {
                int size = Math.min(i - start, room());
                if (!special(size, size > 0 ? path[start] : 0, size > 1 ? path[start + 1] : 0)) {
                    slash();
                    System.arraycopy(path, start, bytes, length, Math.min(size, LIMIT - length));
                    length += Math.min(size, LIMIT - length);
                }
                start = i + 1;
            }
        }
    }

    private void append(ByteBuffer record, int offset, int count) {
        int end = offset + count;
        int start = offset;
        for (int i = offset; i <= end; i++) {
            if (i == end || record.get(i) == '/') {
                int size = i - start;
                if (!special(size, size > 0 ? record.get(start) : 0, size > 1 ? record.get(start + 1) : 0)) {
                    slash();
                    int fitting = Math.min(size, LIMIT - length);
                    record.get(start, bytes, length, fitting);
                    length += fitting;
                }
                start = i + 1;
            }
        }
    }

    private int room() {
        return LIMIT - length;
    }

    /// Whether a component is empty, `.` or `..`; the last removes the component before it.
    private boolean special(int size, int first, int second) {
        if (size == 0 || (size == 1 && first == '.')) {
            return true;
        }
        if (size == 2 && first == '.' && second == '.') {
            while (length > root && bytes[length - 1] != '/') {
                length--;
            }
            length = Math.max(root, length - 1);
            return true;
        }
        return false;
    }

    private void slash() {
        if (length > root && length < LIMIT) {
            bytes[length++] = '/';
        }
    }
}
