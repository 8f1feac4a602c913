package dev.tiercel.enricher.files;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Finds, byte by byte, where the objects of a stream of JSON begin and end: those at its top, in lines or not, the
/// elements of an array at its top, and the elements of arrays that are members of an object at its top, if they have
/// one of some names.
///
/// Checks the nesting and the order of tokens, not what scalars look like. Not thread-safe.
final class PieceScanner {
    /// What a byte means.
    enum Signal {
        /// Goes on with what was there before.
        MORE,
        /// First byte of an object.
        BEGIN,
        /// Last byte of an object.
        END,
        /// The object that began is no event: its member, an array, has them.
        DESCEND,
        /// Not JSON, from here on.
        BROKEN
    }

    private enum State {
        VALUE,
        VALUE_OR_END,
        NAME,
        NAME_OR_END,
        COLON,
        AFTER,
        STRING,
        SCALAR
    }

    private static final int MOST_DEPTH = 1_000;
    private static final int MOST_NAME = 32;

    private final Set<String> envelopes;
    private final byte[] stack = new byte[MOST_DEPTH];
    private final byte[] name = new byte[MOST_NAME];
    private int nameLength;
    private int depth;
    private int base;
    private boolean inside;
    private boolean leftOver;
    private boolean isName;
    private boolean escaped;
    private State state = State.AFTER;

    /// @param envelopes names of members whose elements are looked for
    PieceScanner(Set<String> envelopes) {
        this.envelopes = envelopes;
    }

    /// Goes on between two objects; [#context] says between which.
    void reset(String context) {
        for (int i = 0; i < context.length(); i++) {
            stack[i] = (byte) context.charAt(i);
        }
        depth = context.length();
        base = depth;
        inside = false;
        leftOver = false;
        escaped = false;
        state = State.AFTER;
    }

    /// Whether it is between two objects, and all before was complete.
    boolean between() {
        return !inside;
    }

    /// What is open: empty, `[` or `{[`.
    String context() {
        return new String(stack, 0, base, StandardCharsets.ISO_8859_1);
    }

    /// Whether what is being scanned is the end of an object whose elements were found.
    boolean leftOver() {
        return leftOver;
    }

    /// Length of a run of bytes from `from` that are inside a string and say nothing.
    int plain(byte[] bytes, int from, int to) {
        if (state != State.STRING || escaped || collects()) return 0;
        int at = from;
        while (at < to && bytes[at] != '"' && bytes[at] != '\\' && bytes[at] != '\n') {
            at++;
        }
        return at - from;
    }

    Signal next(byte b) {
        if (state == State.STRING) return inString(b);
        if (!inside) return outside(b);
        if (state == State.SCALAR) {
            if (isScalar(b)) return Signal.MORE;
            state = State.AFTER;
        }
        return isSpace(b) ? Signal.MORE : token(b);
    }

    private Signal outside(byte b) {
        if (b == '{') {
            inside = true;
            return open(b) ? Signal.BEGIN : Signal.BROKEN;
        }
        if (isSpace(b) || (b == ',' && base > 0) || (base == 0 && isFiller(b))) return Signal.MORE;
        if (b == '[' && base == 0) {
            base = 1;
            return open(b) ? Signal.MORE : Signal.BROKEN;
        }
        return b == ']' && base > 0 ? leaveArray() : Signal.BROKEN;
    }

    private Signal leaveArray() {
        depth--;
        leftOver = base == 2;
        inside = leftOver;
        base = 0;
        state = State.AFTER;
        return Signal.MORE;
    }

    private Signal token(byte b) {
        return switch (state) {
            case NAME -> name(b);
            case NAME_OR_END -> b == '}' ? close(b) : name(b);
            case COLON -> follow(b == ':', State.VALUE);
            case VALUE_OR_END -> b == ']' ? close(b) : value(b);
            case VALUE -> value(b);
            case AFTER -> after(b);
            case STRING, SCALAR -> throw new IllegalStateException(state.name());
        };
    }

    private Signal name(byte b) {
        isName = true;
        nameLength = 0;
        return follow(b == '"', State.STRING);
    }

    private Signal value(byte b) {
        isName = false;
        return switch (b) {
            case '"' -> follow(true, State.STRING);
            case '[' -> array(b);
            case '{' -> open(b) ? Signal.MORE : Signal.BROKEN;
            default -> follow(isScalar(b), State.SCALAR);
        };
    }

    private Signal array(byte b) {
        boolean envelope = isEnvelope();
        if (!open(b)) return Signal.BROKEN;
        if (!envelope) return Signal.MORE;
        base = depth;
        inside = false;
        return Signal.DESCEND;
    }

    private boolean isEnvelope() {
        return collects() && envelopes.contains(new String(name, 0, nameLength, StandardCharsets.ISO_8859_1));
    }

    /// Whether names are those of an object at the top.
    private boolean collects() {
        return depth == 1 && base == 0 && !leftOver && !envelopes.isEmpty();
    }

    private Signal after(byte b) {
        if (b != ',') return close(b);
        return follow(true, stack[depth - 1] == '{' ? State.NAME : State.VALUE);
    }

    private boolean open(byte b) {
        if (depth == MOST_DEPTH) return false;
        stack[depth++] = b;
        state = b == '{' ? State.NAME_OR_END : State.VALUE_OR_END;
        return true;
    }

    private Signal close(byte b) {
        if (b != (stack[depth - 1] == '{' ? '}' : ']')) return Signal.BROKEN;
        depth--;
        state = State.AFTER;
        if (depth > base) return Signal.MORE;
        inside = false;
        boolean found = !leftOver;
        leftOver = false;
        return found ? Signal.END : Signal.MORE;
    }

    private Signal inString(byte b) {
        if (escaped) {
            escaped = false;
        } else if (b == '\\') {
            escaped = true;
        } else if (b == '"') {
            state = isName ? State.COLON : State.AFTER;
            return Signal.MORE;
        }
        if (isName && collects() && nameLength < MOST_NAME) name[nameLength++] = b;
        return b == '\n' ? Signal.BROKEN : Signal.MORE;
    }

    private Signal follow(boolean right, State next) {
        state = next;
        return right ? Signal.MORE : Signal.BROKEN;
    }

    private static boolean isScalar(byte b) {
        return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || b == '-' || b == '+' || b == '.' || b == 'E';
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /// A byte order mark, and the zeros that a writer leaves after its file was truncated.
    private static boolean isFiller(byte b) {
        return b == 0 || b == (byte) 0xef || b == (byte) 0xbb || b == (byte) 0xbf;
    }
}
