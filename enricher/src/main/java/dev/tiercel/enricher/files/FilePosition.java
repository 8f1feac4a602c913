package dev.tiercel.enricher.files;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.zip.CRC32C;

/// How far a file was read. Immutable.
///
/// @param offset     bytes that were read, uncompressed; up to there everything was published
/// @param in         what is open there: empty, `[` or `{[`
/// @param tailEnd    end of the last piece: the bytes before it recognise the file
/// @param tailLength how many of them; 0: none are known
/// @param tail       their checksum
/// @param seen       the file's state when it was read to its end; empty: it was not
record FilePosition(long offset, String in, long tailEnd, int tailLength, long tail, String seen) {
    /// Nothing was read.
    static final FilePosition START = new FilePosition(0, "", 0, 0, 0, "");

    private static final int MOST_TAIL = 1024;
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    /// As it is kept in `sources.progress`.
    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Reads [#json].
    static FilePosition parse(String json) {
        try {
            return JSON.readValue(json, FilePosition.class);
        } catch (JsonProcessingException foreign) {
            throw new IllegalStateException("sources.progress has a position of no file: " + json, foreign);
        }
    }

    /// The same file, read to its end.
    FilePosition seen(String state) {
        return new FilePosition(offset, in, tailEnd, tailLength, tail, state);
    }

    /// Further on, past what belongs to no piece.
    FilePosition at(long next) {
        return new FilePosition(next, "", tailEnd, tailLength, tail, "");
    }

    /// After the piece from `start` to `end` of `bytes`.
    static FilePosition after(long offset, String in, byte[] bytes, int start, int end) {
        int length = Math.min(end - start, MOST_TAIL);
        return new FilePosition(offset, in, offset, length, checksum(bytes, end - length, length), "");
    }

    /// Of the bytes by which a file is recognised.
    static long checksum(byte[] bytes, int offset, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, offset, length);
        return sum.getValue();
    }
}
