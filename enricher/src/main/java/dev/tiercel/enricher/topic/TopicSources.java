package dev.tiercel.enricher.topic;

import dev.tiercel.enricher.source.PolledSource;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.enricher.source.SourceFormat;
import java.util.Map;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.internals.Topic;

/// Makes sources that read a topic of the same cluster.
public final class TopicSources {
    /// What their addresses begin with.
    public static final String SCHEME = "kafka://";

    private TopicSources() {}

    /// The source for `kafka://TOPIC`.
    ///
    /// @param name  names the source in logs, metrics and progress
    /// @param kafka settings of Kafka's clients
    /// @param ids   whether documents have ids of their own: otherwise the place of the record is their id
    /// @throws IllegalArgumentException if no topic can be called so, with a message for users
    public static Source of(
            String name,
            String address,
            SourceFormat format,
            boolean ids,
            Map<String, String> kafka,
            Publisher publisher) {
        String topic = address.substring(SCHEME.length());
        try {
            Topic.validate(topic);
        } catch (InvalidTopicException wrong) {
            throw new IllegalArgumentException("%s: %s".formatted(name, wrong.getMessage()), wrong);
        }
        return new PolledSource(name, format.eventSource(), publisher, new TopicPoll(name, topic, format, ids, kafka));
    }
}
