package dev.tiercel.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Caches strings by their bytes: a repeated text costs no allocation.
///
/// Bounded: [#ENTRIES] texts of at most [#LONGEST] bytes, about 1 MiB when full. Four-way set-associative; a new text
/// replaces the oldest of its set. Longer texts are not cached. Not thread-safe.
public final class TextCache {

    /// Capacity in texts.
    public static final int ENTRIES = 8192;

    /// Maximum length of a cached text in bytes.
    public static final int LONGEST = 256;

    private static final int WAYS = 4;
    private static final int RECENT = 32;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private @Nullable String[] texts = {};
    private byte[][] keys = {};
    /// Hash of each key; the hashes of a set are adjacent, so that a mismatch does not touch the key.
    private int[] hashes = {};
    private byte[] oldest = {};
    /// Where the last text of each length was found, by the low bits of the length: an event has its path
    /// several times.
    private final int[] lastOfLength = new int[RECENT];

    /// Creates an empty cache; allocates nothing until first used.
    TextCache() {}

    /// Decodes UTF-8, like [String#String(byte[], int, int, java.nio.charset.Charset)].
    String text(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return "";
        }
        if (length > LONGEST) {
            return new String(bytes, offset, length, UTF_8);
        }
        if (texts.length == 0) {
            texts = new String[ENTRIES];
            keys = new byte[ENTRIES][];
            hashes = new int[ENTRIES];
            oldest = new byte[ENTRIES / WAYS];
        }
        int recent = lastOfLength[length & (RECENT - 1)];
        String last = texts[recent];
        if (last != null && isKey(recent, bytes, offset, length)) {
            return last;
        }
        return find(bytes, offset, length);
    }

    private String find(byte[] bytes, int offset, int length) {
        int hash = hash(bytes, offset, length);
        int set = hash & (ENTRIES / WAYS - 1);
        for (int at = set * WAYS; at < set * WAYS + WAYS; at++) {
            String known = hashes[at] == hash ? texts[at] : null;
            if (known != null && isKey(at, bytes, offset, length)) {
                lastOfLength[length & (RECENT - 1)] = at;
                return known;
            }
        }
        return remember(hash, set, Arrays.copyOfRange(bytes, offset, offset + length));
    }

    private boolean isKey(int at, byte[] bytes, int offset, int length) {
        byte[] key = keys[at];
        return key.length == length && Arrays.equals(key, 0, length, bytes, offset, offset + length);
    }

    private String remember(int hash, int set, byte[] key) {
        int at = set * WAYS + (oldest[set]++ & (WAYS - 1));
        String text = new String(key, UTF_8);
        texts[at] = text;
        keys[at] = key;
        hashes[at] = hash;
        lastOfLength[key.length & (RECENT - 1)] = at;
        return text;
    }

    private static int hash(byte[] bytes, int offset, int length) {
        long hash = length;
        int at = offset;
        int end = offset + length;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            hash = (hash ^ (long) LONG.get(bytes, at)) * PRIME;
            hash ^= hash >>> 32;
        }
        for (; at < end; at++) {
            hash = (hash ^ bytes[at]) * PRIME;
        }
        return (int) ((hash >>> 40) ^ (hash >>> 20));
    }
}
