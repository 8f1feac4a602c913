package dev.tiercel.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/// Avro's decoder over [AvroInput]: bounded by the record's length, where Avro's own allocates what a count says.
final class AvroInputDecoder extends Decoder {

    private final AvroInput in = new AvroInput();

    AvroInputDecoder(byte[] record, int offset) {
        in.wrap(record, offset, record.length);
    }

    int remaining() {
        return in.remaining();
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() {
        return in.readBoolean();
    }

    @Override
    public int readInt() {
        return in.readInt();
    }

    @Override
    public long readLong() {
        return in.readLong();
    }

    @Override
    public float readFloat() {
        return Float.intBitsToFloat((int) in.readFixed(Float.BYTES));
    }

    @Override
    public double readDouble() {
        return Double.longBitsToDouble(in.readFixed(Double.BYTES));
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) {
        return new Utf8(in.readBytes(in.readLength()));
    }

    @Override
    public String readString() {
        return new String(in.readBytes(in.readLength()), UTF_8);
    }

    @Override
    public void skipString() {
        in.skipString();
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) {
        return ByteBuffer.wrap(in.readBytes(in.readLength()));
    }

    @Override
    public void skipBytes() {
        in.skipString();
    }

    @Override
    public void readFixed(byte[] target, int start, int length) {
        System.arraycopy(in.readBytes(length), 0, target, start, length);
    }

    @Override
    public void skipFixed(int length) {
        in.readBytes(length);
    }

    @Override
    public int readEnum() {
        return in.readInt();
    }

    @Override
    public int readIndex() {
        return in.readInt();
    }

    @Override
    public long readArrayStart() {
        return in.readBlock();
    }

    @Override
    public long arrayNext() {
        return in.readBlock();
    }

    @Override
    public long skipArray() {
        return in.skipSizedBlocks();
    }

    @Override
    public long readMapStart() {
        return in.readBlock();
    }

    @Override
    public long mapNext() {
        return in.readBlock();
    }

    @Override
    public long skipMap() {
        return in.skipSizedBlocks();
    }
}
