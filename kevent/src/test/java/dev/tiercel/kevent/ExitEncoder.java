package dev.tiercel.kevent;

/// Writes `struct kevent_exit`: what [ExitDecoder] reads.
public final class ExitEncoder extends HeaderEncoder<ExitEncoder> {
    public ExitEncoder() {
        super(KeventType.EXIT, ExitDecoder.SIZE);
    }

    @Override
    ExitEncoder self() {
        return this;
    }

    public ExitEncoder code(int value) {
        LittleEndian.putInt32(buffer, offset + ExitDecoder.CODE, value);
        return this;
    }
}
