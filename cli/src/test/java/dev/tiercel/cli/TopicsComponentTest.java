package dev.tiercel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.cli.settings.TopicsConfig;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.TopicException;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.TestBroker;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicsComponentTest {
    private static final Map<String, String> UNREACHABLE =
            Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", "200", "request.timeout.ms", "100");

    private final Topic topic =
            new Topic(TestBroker.unique("wanted"), "a test", "key", "value", 2, Map.of("retention.ms", "1000"));

    @Test
    void createsWhatIsMissing() throws Exception {
        start(new TopicsConfig(true, 0), broker(), false);
        start(new TopicsConfig(false, 0), broker(), false);

        assertThat(TestBroker.shared()
                        .admin()
                        .describeTopics(List.of(topic.name()))
                        .allTopicNames()
                        .get())
                .hasEntrySatisfying(
                        topic.name(),
                        described -> assertThat(described.partitions()).hasSize(2));
    }

    @Test
    void createsNothingIfItMustNot() {
        assertThatThrownBy(() -> start(new TopicsConfig(false, 0), broker(), true))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("--topic " + topic.name());
    }

    @Test
    void withoutABrokerOnlyWhoCanWaitStarts() {
        assertThatCode(() -> start(new TopicsConfig(true, 0), UNREACHABLE, true))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> start(new TopicsConfig(true, 0), UNREACHABLE, false))
                .isInstanceOf(TopicException.class);
    }

    @Test
    void everyKeyMaps() {
        assertThat(TopicsConfig.from(Settings.of(Map.of()))).isEqualTo(new TopicsConfig(true, 0));
        assertThat(TopicsConfig.from(Settings.of(Map.of("topics.create", "false", "topics.replication", "3"))))
                .isEqualTo(new TopicsConfig(false, 3));
    }

    private static Map<String, String> broker() {
        return Map.of("bootstrap.servers", TestBroker.shared().bootstrapServers());
    }

    private void start(TopicsConfig config, Map<String, String> kafka, boolean canWait) {
        new TopicsComponent(config, kafka, List.of(topic), canWait).start();
    }
}
