package dev.tiercel.detector;

import dev.tiercel.schemas.avro.DeadLetter;
import dev.tiercel.service.Sha256;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Converts an unreadable record to the Avro record of topic `dead-letters`, which stays below 1 MiB whatever the
/// record holds: a value of a few hundred compressed bytes can be megabytes long. The address and the hash name the
/// whole.
///
/// @param application application id of the consumer that could not read it
/// @param clock       time of the dead letter
record DeadLetterRecord(String application, InstantSource clock) {
    private static final int KEY = 4 << 10;
    private static final int VALUE = 512 << 10;
    private static final int MESSAGE = 16 << 10;

    DeadLetter of(Unreadable record) {
        return DeadLetter.newBuilder()
                .setTopic(record.topic())
                .setPartition(record.partition())
                .setOffset(record.offset())
                .setTime(ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
                .setKey(piece(record.key(), KEY))
                .setValue(piece(record.value(), VALUE))
                .setReason(record.reason())
                .setMessage(AlertSize.cut(record.message(), MESSAGE))
                .setApplication(application)
                .setKeyLength(length(record.key()))
                .setValueLength(length(record.value()))
                .setValueHash(hash(record.value()))
                .build();
    }

    private static @Nullable ByteBuffer piece(byte @Nullable [] bytes, int limit) {
        return bytes == null ? null : ByteBuffer.wrap(bytes, 0, Math.min(bytes.length, limit));
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? -1 : bytes.length;
    }

    private static String hash(byte @Nullable [] bytes) {
        return bytes == null ? "" : HexFormat.of().formatHex(Sha256.digest().digest(bytes));
    }
}
