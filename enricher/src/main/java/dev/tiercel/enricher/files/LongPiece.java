package dev.tiercel.enricher.files;

import dev.tiercel.service.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/// A piece that is too long to be held: its beginning, its length and its hash. Not thread-safe.
final class LongPiece {
    private static final int KEPT = 512 << 10;

    private final MessageDigest hash = Sha256.digest();
    private byte[] beginning = new byte[0];
    private long length;

    void add(byte[] bytes, int start, int end) {
        if (length == 0) beginning = Arrays.copyOfRange(bytes, start, Math.min(end, start + KEPT));
        hash.update(bytes, start, end - start);
        length += end - start;
    }

    long length() {
        return length;
    }

    byte[] beginning() {
        return beginning;
    }

    /// Ends the piece.
    String describe() {
        return "the first %d of %d bytes, of which the SHA-256 is %s"
                .formatted(beginning.length, length, HexFormat.of().formatHex(hash.digest()));
    }
}
