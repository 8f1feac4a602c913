package dev.tiercel.enricher.files;

import dev.tiercel.enricher.source.MalformedException;
import dev.tiercel.enricher.source.SourceFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the events of a stream of JSON of any length: objects one after another, in lines or not, elements of an
/// array, and elements of the arrays that its format calls [SourceFormat#envelopes].
///
/// Holds one object, at most 16 MiB. What is no JSON is malformed up to the next line that begins with `{` or `[`.
/// Knows after each read how far everything is complete, and can go on from there. Not thread-safe.
final class PieceReader {
    private static final int FIRST_BYTES = 64 << 10;
    private static final String NOT_JSON = "not JSON";
    private static final int MOST_BYTES = 16 << 20;

    private final SourceFormat format;
    private final PieceScanner scanner;
    private byte[] buffer = new byte[FIRST_BYTES];
    private int start;
    private int at;
    private int end;
    private long origin;
    private FilePosition position;
    private @Nullable LongPiece spilled;
    private boolean broken;

    /// @param from where the stream is now
    PieceReader(SourceFormat format, FilePosition from) {
        this.format = format;
        scanner = new PieceScanner(format.envelopes());
        scanner.reset(from.in());
        origin = from.offset();
        position = from;
    }

    /// Reads a stream from its beginning.
    static PieceReader ofWhole(SourceFormat format) {
        return new PieceReader(format, FilePosition.START);
    }

    /// Reads once, and hands what is complete to `into`.
    ///
    /// @return false: the stream has ended, perhaps only for now
    boolean read(InputStream in, SourceFormat.Collector into) throws IOException {
        makeRoom();
        int count = in.read(buffer, end, buffer.length - end);
        if (count < 0) return false;
        end += count;
        scan(into);
        return true;
    }

    /// Up to where everything is complete.
    FilePosition position() {
        return position;
    }

    /// Bytes of an event whose end has not been seen.
    long incomplete() {
        return scanner.leftOver() ? 0 : (spilled == null ? 0 : spilled.length()) + end - start;
    }

    /// Gives up what is incomplete: nothing will follow.
    void finish(SourceFormat.Collector into, String reason) {
        at = end;
        if (incomplete() > 0) restart(into, broken ? NOT_JSON : reason);
    }

    private void makeRoom() {
        if (end < buffer.length) return;
        if (start > 0) {
            compact();
        } else if (buffer.length < MOST_BYTES) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        } else {
            spill();
        }
    }

    private void compact() {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        origin += start;
        at -= start;
        end -= start;
        start = 0;
    }

    /// Lets go of all but the beginning of a piece.
    private void spill() {
        if (spilled == null) spilled = new LongPiece();
        spilled.add(buffer, start, at);
        skipTo(at);
        compact();
    }

    private void scan(SourceFormat.Collector into) {
        while (at < end && (!broken || mended(into))) {
            at += scanner.plain(buffer, at, end);
            if (at < end) step(into);
        }
    }

    private void step(SourceFormat.Collector into) {
        switch (scanner.next(buffer[at++])) {
            case MORE -> moved();
            case BEGIN -> skipTo(at - 1);
            case DESCEND -> skipTo(at);
            case END -> complete(into);
            case BROKEN -> broken();
        }
    }

    private void moved() {
        if (scanner.leftOver()) skipTo(at);
        if (!scanner.between()) return;
        skipTo(at);
        if (scanner.context().isEmpty()) position = position.at(origin + at);
    }

    private void skipTo(int index) {
        start = index;
    }

    private void complete(SourceFormat.Collector into) {
        if (spilled == null) {
            split(Arrays.copyOfRange(buffer, start, at), into);
        } else {
            malformed(into, "too long");
        }
        remember();
        skipTo(at);
    }

    private void split(byte[] piece, SourceFormat.Collector into) {
        try {
            format.split(piece, into);
        } catch (MalformedException none) {
            into.malformed(piece, String.valueOf(none.getMessage()));
        }
    }

    private void remember() {
        position = FilePosition.after(origin + at, scanner.context(), buffer, start, at);
    }

    private void broken() {
        broken = true;
        at = start;
    }

    /// Looks for a line that may begin an object.
    private boolean mended(SourceFormat.Collector into) {
        for (; at + 1 < end; at++) {
            if (buffer[at] == '\n' && (buffer[at + 1] == '{' || buffer[at + 1] == '[')) {
                at++;
                restart(into, NOT_JSON);
                return true;
            }
        }
        return false;
    }

    /// Everything up to now is malformed; what follows is a new beginning.
    private void restart(SourceFormat.Collector into, String reason) {
        malformed(into, reason);
        broken = false;
        scanner.reset("");
        remember();
        skipTo(at);
    }

    private void malformed(SourceFormat.Collector into, String reason) {
        LongPiece piece = spilled;
        if (piece == null) {
            into.malformed(Arrays.copyOfRange(buffer, start, at), reason);
        } else {
            piece.add(buffer, start, at);
            into.malformed(piece.beginning(), reason + ", " + piece.describe());
            spilled = null;
        }
    }
}
