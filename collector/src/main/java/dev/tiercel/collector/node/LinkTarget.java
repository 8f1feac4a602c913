package dev.tiercel.collector.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads symbolic links whatever bytes their targets have: a [Path] keeps the bytes of its name, but its string has
/// them only as far as they are of the locale's charset. Its URI has them all.
final class LinkTarget {
    /// Nothing is below: making the URI of a path asks the file system whether it is a directory, and a target may be
    /// on one that hangs.
    private static final Path NOWHERE = Path.of("/dev/null");

    private static final Path ROOT = Path.of("/");

    private LinkTarget() {}

    /// The target of `link`, which is not followed.
    ///
    /// @throws IOException if it cannot be read
    static byte[] read(Path link) throws IOException {
        Path target = Files.readSymbolicLink(link);
        if (target.equals(ROOT)) {
            return new byte[] {'/'};
        }
        Path below = NOWHERE.resolve(target.isAbsolute() ? ROOT.relativize(target) : target);
        int prefix = NOWHERE.toString().length() + (target.isAbsolute() ? 0 : 1);
        return decode(below.toUri().getRawPath().substring(prefix));
    }

    private static byte[] decode(String uri) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(uri.length());
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(uri, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }
}
