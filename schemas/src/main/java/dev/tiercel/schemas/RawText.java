package dev.tiercel.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Text that stands for any bytes: names and arguments of the kernel need not be UTF-8, and rules judge their bytes.
///
/// A byte b that is no part of a well-formed UTF-8 sequence is the code point U+10FF00 + b, one of U+10FF80 to
/// U+10FFFF; an occurrence of these code points in the bytes counts as ill-formed itself. So every byte string has
/// exactly one text and every text its byte string, and ordinary UTF-8 is itself. The bytes of two texts joined are
/// the bytes of both, but the text of those may be another: see [#rejoined].
///
/// Stateless. No method but [#sanitised] changes what a text says; that one is for what people and other programs read.
public final class RawText {

    /// Upper half of the UTF-16 of U+10FF80 to U+10FFFF, and of some other code points.
    private static final char HIGH = '\uDBFF';

    /// Lower half of U+10FF00; plus the byte.
    private static final char LOW = '\uDF00';

    private static final char FIRST_LOW = LOW + 0x80;
    private static final int FIRST = 0x10FF80;
    private static final int CONTINUATION = 0x80;

    private RawText() {}

    /// The text of these bytes.
    public static String of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /// The text of `length` bytes from `offset`.
    public static String of(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int raw = firstRaw(bytes, offset, end);
        if (raw < 0) {
            return new String(bytes, offset, length, UTF_8);
        }
        StringBuilder text = new StringBuilder(length + 16);
        int start = offset;
        for (; raw >= 0; raw = firstRaw(bytes, start, end)) {
            text.append(new String(bytes, start, raw - start, UTF_8));
            text.append(HIGH).append((char) (LOW + (bytes[raw] & 0xff)));
            start = raw + 1;
        }
        return text.append(new String(bytes, start, end - start, UTF_8)).toString();
    }

    /// The text of the UTF-8 of a string that is no raw text: one of a file or an API that is Unicode. Half a
    /// surrogate pair is `?`.
    public static String ofUnicode(String string) {
        return hasRaw(string) ? of(string.getBytes(UTF_8)) : string;
    }

    /// The bytes of a text.
    public static byte[] bytes(String text) {
        if (!hasRaw(text)) {
            return text.getBytes(UTF_8);
        }
        byte[] bytes = new byte[length(text)];
        int end = end(text);
        int count = 0;
        for (int at = 0; at < end; at = next(text, at)) {
            bytes[count++] = (byte) byteAt(text, at);
        }
        return bytes;
    }

    /// Number of bytes of a text.
    public static int length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = codePoint(text, i);
            length += size(c);
            i += Character.charCount(c) - 1;
        }
        return length;
    }

    /// Whether a byte of the text is no part of well-formed UTF-8, or one of a reserved code point.
    public static boolean hasRaw(String text) {
        int at = text.indexOf(HIGH); // in a text of Latin-1 this reads nothing
        while (at >= 0 && !isRaw(text, at)) {
            at = text.indexOf(HIGH, at + 1);
        }
        return at >= 0;
    }

    /// Whether the character at `index` and the next stand for a byte that is no part of well-formed UTF-8.
    public static boolean isRaw(String text, int index) {
        return text.charAt(index) == HIGH && index + 1 < text.length() && text.charAt(index + 1) >= FIRST_LOW;
    }

    /// Whether the bytes of the text are UTF-8.
    public static boolean isUtf8(String text) {
        return !hasRaw(text) || text.equals(of(sanitised(text).getBytes(UTF_8)));
    }

    /// The text of the bytes of texts that have been joined: bytes of several may be a character together.
    public static String rejoined(String texts) {
        return hasRaw(texts) ? of(bytes(texts)) : texts;
    }

    /// The Unicode string to show for a text: what is not UTF-8 is U+FFFD, once for each maximal part of a sequence, as
    /// Unicode recommends and Falco does.
    public static String sanitised(String text) {
        return hasRaw(text) ? replaced(bytes(text)) : text;
    }

    /// Not what [String#String] does: that takes three bytes of half a surrogate pair for one.
    private static String replaced(byte[] bytes) {
        StringBuilder shown = new StringBuilder(bytes.length);
        int start = 0;
        for (int at = 0; at < bytes.length; ) {
            int length = complete(bytes, at, bytes.length);
            if (length > 0) {
                at += length;
                continue;
            }
            shown.append(new String(bytes, start, at - start, UTF_8)).append('\uFFFD');
            at += announced(bytes[at] & 0xff) == 0 ? 1 : wellFormed(bytes, at, bytes.length);
            start = at;
        }
        return shown.append(new String(bytes, start, bytes.length - start, UTF_8))
                .toString();
    }

    /// The longest start of `text` of at most `bytes` bytes that ends with a character.
    public static String prefix(String text, int bytes) {
        int left = bytes;
        for (int i = 0; i < text.length(); ) {
            int c = codePoint(text, i);
            left -= size(c);
            if (left < 0) {
                return text.substring(0, i);
            }
            i += Character.charCount(c);
        }
        return text;
    }

    /// Compares the bytes of two texts, as unsigned numbers.
    public static int compare(String one, String other) {
        int common = 0;
        int shorter = Math.min(one.length(), other.length());
        while (common < shorter && one.charAt(common) == other.charAt(common)) {
            common++;
        }
        boolean within = common > 0 && Character.isHighSurrogate(one.charAt(common - 1));
        int from = position(within ? common - 1 : common);
        int at = from;
        for (int in = from; ; at = next(one, at), in = next(other, in)) {
            if (at >= end(one) || in >= end(other)) {
                return Boolean.compare(at < end(one), in < end(other));
            }
            int difference = byteAt(one, at) - byteAt(other, in);
            if (difference != 0) {
                return difference;
            }
        }
    }

    /// The position, as [#byteAt] takes it, of the first byte of the character at `index`.
    public static int position(int index) {
        return index << 2;
    }

    /// The position after the last byte.
    public static int end(String text) {
        return position(text.length());
    }

    /// The byte at a position, 0 to 255. Reading bytes one by one needs no copy of them.
    public static int byteAt(String text, int position) {
        char c = text.charAt(position >>> 2);
        if (c < CONTINUATION) {
            return c;
        }
        int codePoint = codePoint(text, position >>> 2);
        int size = size(codePoint);
        int shift = 6 * (size - 1 - (position & 3));
        if (size == 1) {
            return codePoint & 0xff;
        }
        return (position & 3) == 0
                ? (0xf00 >> size & 0xff) | codePoint >> shift
                : CONTINUATION | (codePoint >> shift & 0x3f);
    }

    /// The position of the byte after the one at `position`.
    public static int next(String text, int position) {
        if (text.charAt(position >>> 2) < CONTINUATION) {
            return position + 4;
        }
        int codePoint = codePoint(text, position >>> 2);
        return (position & 3) + 1 < size(codePoint)
                ? position + 1
                : position((position >>> 2) + Character.charCount(codePoint));
    }

    /// Half a surrogate pair is `?`, as [String#getBytes] has it.
    private static int codePoint(String text, int index) {
        int c = text.codePointAt(index);
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '?' : c;
    }

    private static int size(int codePoint) {
        if (codePoint < 0x80 || codePoint >= FIRST) {
            return 1;
        }
        return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    /// Index of the first byte that is no part of a well-formed sequence; -1: none.
    static int firstRaw(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end) {
            int length = bytes[at] >= 0 ? 1 : sequence(bytes, at, end);
            if (length == 0) {
                return at;
            }
            at += length;
        }
        return -1;
    }

    /// Length of the well-formed sequence at `at`; 0: there is none, or it is of a reserved code point.
    private static int sequence(byte[] bytes, int at, int end) {
        int length = complete(bytes, at, end);
        boolean reserved =
                length == 4 && bytes[at] == (byte) 0xf4 && bytes[at + 1] == (byte) 0x8f && bytes[at + 2] >= (byte) 0xbe;
        return reserved ? 0 : length;
    }

    /// Length of the well-formed sequence at `at` (Unicode, table 3-7); 0: there is none.
    private static int complete(byte[] bytes, int at, int end) {
        int length = announced(bytes[at] & 0xff);
        return length <= end - at && (length <= 1 || wellFormed(bytes, at, at + length) == length) ? length : 0;
    }

    /// Length of the sequence that a byte starts; 0: it starts none.
    private static int announced(int first) {
        if (first < 0x80) {
            return 1;
        }
        return first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    }

    /// How many bytes from `at` can be the start of a sequence of several bytes whose first byte is at `at`.
    private static int wellFormed(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xff;
        int low = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int high = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        int i = at + 1;
        while (i < end && (bytes[i] & 0xff) >= low && (bytes[i] & 0xff) <= high) {
            low = 0x80;
            high = 0xbf;
            i++;
        }
        return i - at;
    }

    /// Whether bytes before a text can make its first byte part of a character.
    public static boolean opensWithin(String text) {
        return !text.isEmpty() && isRaw(text, 0) && (byteAt(text, 0) & 0xc0) == CONTINUATION;
    }

    /// Whether bytes after a text can make its last bytes part of a character.
    public static boolean endsWithin(String text) {
        if (!hasRaw(text)) {
            return false;
        }
        byte[] bytes = bytes(text);
        for (int at = Math.max(0, bytes.length - 3); at < bytes.length; at++) {
            int left = bytes.length - at;
            if (announced(bytes[at] & 0xff) > left && wellFormed(bytes, at, bytes.length) == left) {
                return true;
            }
        }
        return false;
    }
}
