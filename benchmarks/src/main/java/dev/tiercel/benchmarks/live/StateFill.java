package dev.tiercel.benchmarks.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.correlation.match.Evidence;
import dev.tiercel.correlation.match.FieldValue;
import dev.tiercel.correlation.match.Match;
import dev.tiercel.detector.correlate.MatchBatches;
import dev.tiercel.rules.correlation.Correlation;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.MatchBatch;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Matches of a correlation straight on topic `matches`, one of each key, so that a detector gets state of a size.
///
/// What a match carries is random: nothing on the way makes it smaller.
///
/// @param version  of the rules in force
/// @param keyBytes what each match carries
record StateFill(BrokerForCollect broker, Correlation correlation, String version, int keyBytes) {
    /// Of a match and its key, but for what it carries; of the timer and the key in the store.
    private static final int BESIDES = 145;

    private static final int SEED = 7;

    /// As many keys as make state of that size; returns their number.
    long fill(long bytes) {
        long keys = bytes / (keyBytes + BESIDES);
        AvroSerde<MatchBatch> serde = AvroSerde.of(MatchBatch.class, broker.schemas(), Topics.MATCHES);
        Random random = new Random(SEED);
        byte[] carried = new byte[(keyBytes + 1) / 2];
        try (Producer<byte[], byte[]> producer = producer()) {
            for (long key = 0; key < keys; key++) {
                random.nextBytes(carried);
                String name = "filled-" + key;
                MatchBatches batches = new MatchBatches("k8s_audit", version);
                batches.add(match(name, HexFormat.of().formatHex(carried)));
                byte[] recordKey = (correlation.name() + '/' + name).getBytes(UTF_8);
                for (MatchBatch batch : batches.drain(Topics.EVENTS_K8S_AUDIT.name(), 0)) {
                    var _ = producer.send(new ProducerRecord<>(Topics.MATCHES.name(), recordKey, serde.write(batch)));
                }
            }
        }
        return keys;
    }

    private Producer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 20, "batch.size", 256 << 10),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private Match match(String name, String carried) {
        List<FieldValue> values = correlation.steps().getFirst().captured().stream()
                .map(field -> FieldValue.of(field.field().name().equals("ka.user.name") ? name : carried))
                .toList();
        long now = Instant.EPOCH.until(Instant.now(), ChronoUnit.NANOS);
        Evidence event = new Evidence("k8s_audit", now, name, "prod", Topics.EVENTS_K8S_AUDIT.name(), 0, 0, 0, true);
        return new Match(correlation.name(), correlation.structure(), List.of(name), 0, event, values);
    }
}
