package dev.tiercel.broker.recovery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.kafka.common.TopicPartition;

/// The files of a stopped broker, to be put into a state in which a kill can leave them.
final class StoppedBroker {
    private static final int LENGTH_AT = 8;
    private static final int RECORDS_AT = 12; // the batch length counts from here
    private static final int ATTRIBUTES_AT = 21;
    private static final int CONTROL = 1 << 5;

    private final Path logs;

    StoppedBroker(Path dataDirectory) {
        this.logs = dataDirectory.resolve("logs");
    }

    /// Cuts off the last batch of a partition, which must be the marker of a transaction.
    void cutMarker(TopicPartition partition) throws IOException {
        Path segment = segment(partition);
        ByteBuffer batches = ByteBuffer.wrap(Files.readAllBytes(segment));
        int last = lastBatch(batches);
        if ((batches.getShort(last + ATTRIBUTES_AT) & CONTROL) == 0) {
            throw new IllegalStateException("no marker at the end of " + segment);
        }
        truncate(partition, last);
    }

    /// Cuts off the last batch of a partition.
    void cutLast(TopicPartition partition) throws IOException {
        truncate(partition, lastBatch(ByteBuffer.wrap(Files.readAllBytes(segment(partition)))));
    }

    /// Empties a partition.
    void empty(TopicPartition partition) throws IOException {
        truncate(partition, 0);
    }

    boolean isEmpty(TopicPartition partition) throws IOException {
        return Files.size(segment(partition)) == 0;
    }

    private static int lastBatch(ByteBuffer batches) {
        int last = 0;
        for (int at = 0; at < batches.limit(); at += RECORDS_AT + batches.getInt(at + LENGTH_AT)) last = at;
        return last;
    }

    /// Also removes what the broker has stored elsewhere about the lost records, so that it recovers the log as after a
    /// kill.
    private void truncate(TopicPartition partition, long size) throws IOException {
        Path segment = segment(partition);
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
        try (DirectoryStream<Path> snapshots = Files.newDirectoryStream(segment.resolveSibling("."), "*.snapshot")) {
            for (Path snapshot : snapshots) Files.delete(snapshot);
        }
        Files.deleteIfExists(logs.resolve(".kafka_cleanshutdown"));
        Files.deleteIfExists(logs.resolve("recovery-point-offset-checkpoint"));
    }

    private Path segment(TopicPartition partition) {
        return logs.resolve(partition.toString()).resolve("00000000000000000000.log");
    }
}
