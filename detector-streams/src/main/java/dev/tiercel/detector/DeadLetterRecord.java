package dev.tiercel.detector;

import dev.tiercel.schemas.avro.DeadLetter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Converts an unreadable record to the Avro record of topic `dead-letters`.
///
/// @param application application id of the consumer that could not read it
/// @param clock       time of the dead letter
record DeadLetterRecord(String application, InstantSource clock) {
    DeadLetter of(Unreadable record) {
        return DeadLetter.newBuilder()
                .setTopic(record.topic())
                .setPartition(record.partition())
                .setOffset(record.offset())
                .setTime(nanos(clock.instant()))
                .setKey(buffer(record.key()))
                .setValue(buffer(record.value()))
                .setReason(record.reason())
                .setMessage(record.message())
                .setApplication(application)
                .build();
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    static long nanos(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    }
}
