package dev.tiercel.enricher.files;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// Contents of a file, uncompressed: what is gzip is known by its first bytes.
final class FileContents {
    private static final int BUFFER = 64 << 10;
    private static final int BEGINNING = 1024;

    private FileContents() {}

    /// Opens a file at an offset of its contents.
    ///
    /// @throws EOFException if it is shorter
    static InputStream open(Path path, long offset) throws IOException {
        InputStream file = Files.newInputStream(path);
        try {
            InputStream contents = uncompressed(file);
            contents.skipNBytes(offset);
            return contents;
        } catch (IOException failure) {
            file.close();
            throw failure;
        }
    }

    /// The stream itself, or what it is the gzip of.
    static InputStream uncompressed(InputStream stream) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(stream, BUFFER);
        buffered.mark(2);
        boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
        buffered.reset();
        return gzip ? new GZIPInputStream(buffered, BUFFER) : buffered;
    }

    /// Whether the file begins with what was read up to `position`.
    static boolean matches(Path path, FilePosition position) throws IOException {
        if (position.tailLength() == 0) return false;
        try (InputStream contents = open(path, position.tailEnd() - position.tailLength())) {
            byte[] tail = contents.readNBytes(position.tailLength());
            return tail.length == position.tailLength()
                    && FilePosition.checksum(tail, 0, tail.length) == position.tail();
        } catch (EOFException shorter) {
            return false;
        }
    }

    /// Whether one may be the beginning of the other. Also if that cannot be seen: a compressed file of a few bytes.
    static boolean beginAlike(Path one, Path other) {
        try (InputStream first = open(one, 0);
                InputStream second = open(other, 0)) {
            byte[] a = first.readNBytes(BEGINNING);
            byte[] b = second.readNBytes(BEGINNING);
            int length = Math.min(a.length, b.length);
            return Arrays.equals(a, 0, length, b, 0, length);
        } catch (IOException unfinished) {
            return true;
        }
    }

    /// The position at the end of what is there now, without reading it.
    static FilePosition end(Path path) throws IOException {
        byte[] tail = new byte[0];
        long length = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream contents = open(path, 0)) {
            for (int count = contents.read(buffer); count >= 0; count = contents.read(buffer)) {
                tail = count > 0 ? Arrays.copyOf(buffer, count) : tail;
                length += count;
            }
        }
        return FilePosition.after(length, "", tail, 0, tail.length);
    }
}
