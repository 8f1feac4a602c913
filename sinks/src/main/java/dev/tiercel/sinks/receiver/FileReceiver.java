package dev.tiercel.sinks.receiver;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.tiercel.sinks.yaml.Section;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Appends a line an alert to a file, which is on disk when [#deliver] returns. A file that was moved away, as
/// logrotate does, is made anew; so no signal is needed. What a failed write has left is cut off again.
///
/// A file that it makes belongs to the user who runs it, and nobody else can read it.
final class FileReceiver implements Receiver {
    private final Path path;
    private final LineForm form;
    private final Rotation rotation;
    private @Nullable FileChannel channel;
    private @Nullable Object fileKey;

    /// When the file is full it is called `FILE.1`, the one before `FILE.2`, and so on.
    ///
    /// @param bytes of a full file; 0: it is never full
    /// @param keep  full files that stay
    record Rotation(long bytes, int keep) {}

    FileReceiver(Path path, LineForm form, Rotation rotation) {
        this.path = path;
        this.form = form;
        this.rotation = rotation;
    }

    /// Reads `path`, `format`, `template` and `rotate`.
    static Receiver read(Section section) {
        Path path = section.path("path").orElseGet(() -> Path.of(section.text("path")));
        Rotation rotation =
                section.section("rotate").map(FileReceiver::rotation).orElse(new Rotation(0, 0));
        return new FileReceiver(path, LineForm.read(section), rotation);
    }

    private static Rotation rotation(Section section) {
        Rotation rotation = new Rotation(section.size("size", 100 << 20), section.number("keep", 10, 1, 1000));
        section.end();
        return rotation;
    }

    @Override
    public void check() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) throw new NoSuchFileException(String.valueOf(folder));
        if (Files.exists(path) ? !Files.isWritable(path) : !Files.isWritable(folder)) {
            throw new IOException("no right to write " + path);
        }
    }

    @Override
    public List<DeliveryResult> deliver(List<Notice> notices) throws IOException {
        byte[] lines = Lines.of(notices, form);
        FileChannel out = open();
        if (rotation.bytes() > 0 && out.size() > 0 && out.size() + lines.length > rotation.bytes()) {
            rotate();
            out = open();
        }
        append(out, lines);
        return Lines.delivered(notices);
    }

    private static void append(FileChannel out, byte[] lines) throws IOException {
        long before = out.size();
        try {
            for (ByteBuffer left = ByteBuffer.wrap(lines); left.hasRemaining(); ) out.write(left);
            out.force(false);
        } catch (IOException failure) {
            cutOff(out, before, failure);
            throw failure;
        }
    }

    private static void cutOff(FileChannel out, long before, IOException failure) {
        try {
            out.truncate(before);
        } catch (IOException also) {
            failure.addSuppressed(also);
        }
    }

    private FileChannel open() throws IOException {
        FileChannel open = channel;
        if (open != null && open.isOpen() && isSame()) return open;
        close();
        FileChannel opened = FileChannel.open(
                path,
                Set.of(CREATE, WRITE, APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        channel = opened;
        fileKey = key();
        endTornLine(opened);
        return opened;
    }

    /// A process that was killed may have written a part of a line, which will come again as a whole.
    private void endTornLine(FileChannel out) throws IOException {
        long size = out.size();
        if (size == 0) return;
        try (FileChannel in = FileChannel.open(path)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            if (in.read(last, size - 1) == 1 && last.get(0) != '\n') out.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
    }

    private boolean isSame() throws IOException {
        try {
            return key().equals(fileKey);
        } catch (NoSuchFileException moved) {
            return false;
        }
    }

    private Object key() throws IOException {
        return String.valueOf(
                Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    }

    private void rotate() throws IOException {
        close();
        for (int number = rotation.keep() - 1; number > 0; number--) {
            Path full = numbered(number);
            if (Files.exists(full)) Files.move(full, numbered(number + 1), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(path, numbered(1), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path numbered(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    @Override
    public int batch() {
        return Lines.BATCH;
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        if (open == null) return;
        try {
            open.close();
        } catch (IOException nothingIsLost) {
            // all that was delivered is on disk
        }
    }
}
