package dev.tiercel.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.TopicException;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Settings;
import dev.tiercel.testkit.TestBroker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class TopicsComponentTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
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

    @Test
    void aTopicThatIsDeletedIsCreatedAgain() throws Exception {
        try (TopicsComponent topics = component(new TopicsConfig(true, 0), broker(), false)) {
            topics.start();
            delete();
            await(this::exists);
            await(() -> topics.check().healthy());
        }
    }

    @Test
    void aDeletedTopicThatMustNotBeCreatedIsReported() throws Exception {
        start(new TopicsConfig(true, 0), broker(), false);
        try (TopicsComponent topics = component(new TopicsConfig(false, 0), broker(), false)) {
            topics.start();
            delete();
            await(() -> !topics.check().healthy());
            assertThat(topics.check().detail())
                    .isEqualTo("missing topics: %s: topics.create is false".formatted(topic.name()));
        }
    }

    private void delete() throws Exception {
        TestBroker.shared().admin().deleteTopics(List.of(topic.name())).all().get();
    }

    private boolean exists() {
        return Topics.missing(TestBroker.shared().admin(), List.of(topic)).isEmpty();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private void start(TopicsConfig config, Map<String, String> kafka, boolean canWait) {
        try (TopicsComponent topics = component(config, kafka, canWait)) {
            topics.start();
        }
    }

    private TopicsComponent component(TopicsConfig config, Map<String, String> kafka, boolean canWait) {
        return new TopicsComponent(config, kafka, List.of(topic), canWait);
    }
}
