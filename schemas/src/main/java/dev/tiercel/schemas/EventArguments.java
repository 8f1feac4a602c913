package dev.tiercel.schemas;

import java.util.Arrays;
import java.util.Objects;

/// The arguments and paths of the current event: numbers decoded, bytes only located.
final class EventArguments {

    private static final ArgumentKind[] KINDS = ArgumentKind.values();

    private final TextCache texts;
    private byte[] record = {};
    private int count;
    private byte[] kinds = new byte[32];
    private long[] numbers = new long[32];
    private int[] lengths = new int[32];
    private int pathCount;
    private int[] pathOffsets = new int[4];
    private int[] pathLengths = new int[4];

    EventArguments(TextCache texts) {
        this.texts = texts;
    }

    void record(byte[] record) {
        this.record = record;
        count = 0;
        pathCount = 0;
    }

    void read(AvroInput in) {
        count = 0;
        for (int items = in.readBlock(); items > 0; items = in.readBlock()) {
            int blockEnd = in.blockEnd();
            growTo(count + items);
            for (int i = 0; i < items; i++) {
                readArgument(in, count++);
            }
            in.expectEnd(blockEnd);
        }
        readPaths(in);
    }

    private void readArgument(AvroInput in, int index) {
        long branch = in.readLong();
        int length = 0;
        long number = 0;
        if (branch == 1) {
            number = in.readLong();
        } else if (branch == 2 || branch == 3) {
            length = in.readLength();
            number = in.position();
            in.position((int) number + length);
        } else if (branch != 0) {
            throw BadRecordException.corrupt("argument=" + index + " union branch " + branch + " of 4");
        }
        kinds[index] = (byte) branch;
        numbers[index] = number;
        lengths[index] = length;
    }

    private void readPaths(AvroInput in) {
        pathCount = 0;
        for (int items = in.readBlock(); items > 0; items = in.readBlock()) {
            int blockEnd = in.blockEnd();
            if (pathCount + items > pathOffsets.length) {
                int capacity = Math.max(pathCount + items, pathCount * 2);
                pathOffsets = Arrays.copyOf(pathOffsets, capacity);
                pathLengths = Arrays.copyOf(pathLengths, capacity);
            }
            for (int i = 0; i < items; i++) {
                int length = in.readLength();
                pathOffsets[pathCount] = in.position();
                pathLengths[pathCount++] = length;
                in.position(in.position() + length);
            }
            in.expectEnd(blockEnd);
        }
    }

    private void growTo(int size) {
        if (size > kinds.length) {
            int capacity = Math.max(size, kinds.length * 2);
            kinds = Arrays.copyOf(kinds, capacity);
            numbers = Arrays.copyOf(numbers, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
        }
    }

    int count() {
        return count;
    }

    ArgumentKind kind(int index) {
        return index < count ? KINDS[kinds[index]] : ArgumentKind.NULL;
    }

    long number(int index) {
        return kind(index) == ArgumentKind.LONG ? numbers[index] : 0;
    }

    String string(int index) {
        return kind(index) == ArgumentKind.STRING ? texts.text(record, (int) numbers[index], lengths[index]) : "";
    }

    byte[] bytes(int index) {
        int offset = offset(index);
        return Arrays.copyOfRange(record, offset, offset + length(index));
    }

    int offset(int index) {
        return length(index) == 0 ? 0 : (int) numbers[index];
    }

    int length(int index) {
        return index < count ? lengths[index] : 0;
    }

    int pathCount() {
        return pathCount;
    }

    String path(int index) {
        Objects.checkIndex(index, pathCount);
        return texts.text(record, pathOffsets[index], pathLengths[index]);
    }
}
