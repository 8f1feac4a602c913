package dev.tiercel.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tiercel.testkit.Golden;
import dev.tiercel.testkit.TestBroker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TopicsTest {

    @Test
    void theCatalogueMatchesTheDocumentation() {
        Golden.check("topics.md", Topics.markdown());
        assertThat(Topics.named("alerts")).hasValue(Topics.ALERTS);
        assertThat(Topics.named("nobody")).isEmpty();
        assertThat(Topics.ALERTS.subject()).isEqualTo("alerts-value");
        assertThat(Topics.RULES.compacted()).isTrue();
        assertThat(Topics.ALERTS.compacted()).isFalse();
    }

    @Test
    void createsMissingTopicsAndReportsDifferences() throws Exception {
        Admin admin = TestBroker.shared().admin();
        Topic first = named(Topics.EVENTS_SYSCALL).withPartitions(2);
        Topic second = named(Topics.RULES);

        TopicReport created = Topics.create(admin, 1, List.of(first));
        TopicReport again = Topics.create(admin, 1, List.of(first, second));
        TopicReport different =
                Topics.create(admin, 1, List.of(first.withPartitions(3).withConfig("retention.ms", "1000"), second));

        assertThat(created).isEqualTo(new TopicReport(List.of(first.name()), List.of(), List.of()));
        assertThat(again).isEqualTo(new TopicReport(List.of(second.name()), List.of(first.name()), List.of()));
        assertThat(different.mismatches())
                .containsExactly(
                        "topic " + first.name() + ": partitions is 2, expected 3",
                        "topic " + first.name() + ": retention.ms is 86400000, expected 1000");
        Map<String, TopicDescription> found =
                admin.describeTopics(List.of(first.name())).allTopicNames().get();
        assertThat(found.get(first.name()))
                .satisfies(topic -> assertThat(topic.partitions()).hasSize(2));
    }

    @Test
    void everyTopicOfTheCatalogueIsAcceptedByARealBroker() {
        Admin admin = TestBroker.shared().admin();

        Topics.create(admin, 1);

        assertThat(Topics.create(admin, 1))
                .isEqualTo(new TopicReport(
                        List.of(), Topics.all().stream().map(Topic::name).toList(), List.of()));
    }

    @Test
    void aRefusalByTheBrokersNamesTheTopic() {
        Topic topic = named(Topics.ALERTS);
        assertThatThrownBy(() -> Topics.create(TestBroker.shared().admin(), 3, List.of(topic)))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("topic=" + topic.name())
                .hasMessageContaining("replication factor");
    }

    @Test
    void manyMayCreateAtOnce() throws Exception {
        List<Topic> topics = List.of(named(Topics.ALERTS), named(Topics.SENSORS));
        Admin admin = TestBroker.shared().admin();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<TopicReport>> reports =
                    threads.invokeAll(Collections.nCopies(8, () -> Topics.create(admin, 0, topics)));
            List<String> created = new ArrayList<>();
            for (Future<TopicReport> report : reports) {
                created.addAll(report.get().created());
                assertThat(report.get().mismatches()).isEmpty();
            }
            assertThat(created)
                    .containsExactlyInAnyOrderElementsOf(
                            topics.stream().map(Topic::name).toList());
        }
    }

    @Test
    void whereNoneMayBeCreatedTheMessageHasTheCommand() {
        Topic topic = named(Topics.SENSORS);
        assertThatThrownBy(() -> Topics.require(TestBroker.shared().admin(), 3, List.of(topic)))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("kafka-topics.sh --bootstrap-server HOST:PORT --create --if-not-exists --topic "
                        + topic.name() + " --partitions 1 --replication-factor 3 --config cleanup.policy=delete")
                .hasMessageContaining("--config min.insync.replicas=2");
        Topics.create(TestBroker.shared().admin(), 0, List.of(topic));
        assertThat(Topics.require(TestBroker.shared().admin(), 3, List.of(topic))
                        .mismatches())
                .isEmpty();
    }

    private static Topic named(Topic topic) {
        String name = TestBroker.unique(topic.name());
        return new Topic(name, topic.purpose(), topic.key(), topic.value(), topic.partitions(), topic.configs());
    }
}
