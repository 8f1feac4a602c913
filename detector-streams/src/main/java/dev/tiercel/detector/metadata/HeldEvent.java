package dev.tiercel.detector.metadata;

import dev.tiercel.fields.kubernetes.ExecRoot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An event that waits for the metadata of its pod, or for the request that entered it: its address in the task's
/// partition, and what is left to judge.
///
/// @param time of the event, nanoseconds since the epoch
/// @param until when the wait is over, milliseconds since the epoch
/// @param podUid the pod that it waits for
/// @param containerId empty: not known
/// @param left the rules that have not judged it
/// @param revisable hashes of rules that have raised an alert that lacks what it waits for
/// @param root whose request it waits for; null: it waits for its pod
public record HeldEvent(
        long offset,
        int index,
        long time,
        long until,
        String podUid,
        String containerId,
        Left left,
        boolean evidenceComplete,
        List<String> revisable,
        @Nullable ExecRoot root) {
    private static final byte FORM = 3;

    /// Which rules have not judged an event.
    public enum Left {
        /// All have.
        NONE(0),
        /// Those whose condition needs the metadata.
        WAITING(1),
        /// None has.
        ALL(2);

        private final byte code;

        Left(int code) {
            this.code = (byte) code;
        }

        static Left of(byte code) {
            return code == NONE.code ? NONE : code == WAITING.code ? WAITING : ALL;
        }
    }

    public HeldEvent {
        revisable = List.copyOf(revisable);
    }

    /// Key in the store, in the order of addresses.
    byte[] key() {
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
                .putLong(offset)
                .putInt(index)
                .array();
    }

    /// Value in the store; its first byte is the number of its form.
    byte[] value() {
        List<byte[]> texts = new ArrayList<>();
        texts.add(utf8(podUid));
        texts.add(utf8(containerId));
        texts.add(utf8(root == null ? "" : root.namespace()));
        texts.add(utf8(root == null ? "" : root.pod()));
        revisable.forEach(hash -> texts.add(utf8(hash)));
        int size = texts.stream().mapToInt(text -> Short.BYTES + text.length).sum();
        ByteBuffer out = ByteBuffer.allocate(3 + 3 * Long.BYTES + size);
        out.put(FORM).put(left.code).put((byte) (evidenceComplete ? 1 : 0));
        out.putLong(time).putLong(until).putLong(root == null ? 0 : root.start());
        texts.forEach(text -> out.putShort((short) text.length).put(text));
        return out.array();
    }

    private static byte[] utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= Short.MAX_VALUE ? bytes : new byte[0]; // no id of a container
    }

    /// Whether this version can read a value.
    static boolean canRead(byte[] value) {
        return value.length > 0 && value[0] == FORM;
    }

    static HeldEvent read(byte[] key, byte[] value) {
        ByteBuffer address = ByteBuffer.wrap(key);
        ByteBuffer in = ByteBuffer.wrap(value, 1, value.length - 1);
        Left left = Left.of(in.get());
        boolean evidenceComplete = in.get() == 1;
        long time = in.getLong();
        long until = in.getLong();
        long start = in.getLong();
        List<String> texts = new ArrayList<>();
        while (in.hasRemaining()) {
            byte[] text = new byte[in.getShort()];
            in.get(text);
            texts.add(new String(text, StandardCharsets.UTF_8));
        }
        return new HeldEvent(
                address.getLong(),
                address.getInt(),
                time,
                until,
                texts.get(0),
                texts.get(1),
                left,
                evidenceComplete,
                texts.subList(4, texts.size()),
                start == 0 ? null : new ExecRoot(texts.get(2), texts.get(3), start));
    }
}
