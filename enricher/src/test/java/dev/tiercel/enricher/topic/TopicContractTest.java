package dev.tiercel.enricher.topic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tiercel.enricher.source.EventTopics;
import dev.tiercel.enricher.source.IdFormat;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.enricher.source.SourceContract;
import dev.tiercel.testkit.TestBroker;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// A topic that another program writes to.
class TopicContractTest extends SourceContract {
    @Override
    protected Origin origin(String name) {
        return new Written(name, TestBroker.shared().createTopic("written", 1));
    }

    private record Written(String name, String topic) implements Origin {
        @Override
        public Source source(Publisher publisher) {
            return TopicSources.of(
                    "json=" + name, "kafka://" + topic, new IdFormat(), true, EventTopics.kafka(), publisher);
        }

        private void send(List<String> values) {
            try (Producer<byte[], byte[]> producer =
                    TestBroker.shared().producer(Map.of("max.request.size", 4 << 20, "compression.type", "lz4"))) {
                values.forEach(value -> {
                    var _ = producer.send(new ProducerRecord<>(topic, value.getBytes(UTF_8)));
                });
            }
        }

        @Override
        public void add(List<String> ids, int length) {
            send(ids.stream()
                    .map(id -> "{\"id\":\"%s\",\"text\":\"%s\"}".formatted(id, "x".repeat(length)))
                    .toList());
        }

        @Override
        public void addMalformed(String text) {
            send(List.of("no JSON: " + text));
        }

        @Override
        public void close() {}
    }
}
