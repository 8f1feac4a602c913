package dev.tiercel.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.detector.publication.ForeignRules;
import dev.tiercel.detector.publication.PublishedRules;
import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.RuleFileContent;
import dev.tiercel.schemas.avro.RuleFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A rule set that another process put on the topic is noticed: at once, or at the next start.
@Timeout(120)
class ForeignRulesTest {
    private static final List<RuleFile> OURS = List.of(new RuleFile("ours.yaml", RuleTexts.SHADOW));
    private static final List<RuleFile> CHANGED = List.of(new RuleFile("changed.yaml", RuleTexts.SHADOW));
    private static final List<RuleFile> THEIRS = List.of(new RuleFile("theirs.yaml", RuleTexts.SHADOW));

    @TempDir
    Path folder;

    private Cluster cluster;

    @BeforeEach
    void start() {
        cluster = new Cluster(folder);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void reportsTheRulesOfAnotherUntilOursAreBack() {
        try (RulePublisher ours = publisher(OURS);
                ForeignRules watch = watch(ours)) {
            assertThat(watch.check().healthy()).isTrue();
            publisher(THEIRS).close();
            await(watch, health -> !health.startsWith("true"));
            assertThat(watch.check().detail())
                    .startsWith("topic rules has a rule set that this process did not publish: offset 1, written ")
                    .endsWith("to replace it, restart or change a rule file");
            ours.publish(CHANGED);
            await(watch, "true 1 rule sets of others so far, see the log"::equals);
        }
    }

    @Test
    void reportsWhatCameWhileItWasStopped() {
        try (RulePublisher ours = publisher(OURS)) {
            watch(ours).close();
        }
        publisher(THEIRS).close();
        try (RulePublisher ours = publisher(OURS);
                ForeignRules watch = watch(ours)) {
            await(watch, "true 1 rule sets of others so far, see the log"::equals);
        }
        try (RulePublisher ours = publisher(CHANGED);
                ForeignRules watch = watch(ours)) {
            ours.publish(OURS); // read after all that came before it
            publisher(THEIRS).close();
            await(watch, health -> health.contains("offset 5, "));
        }
    }

    /// Other rules under the version of ours: the content tells, and ours are published again.
    @Test
    void doesNotBelieveAVersion() throws Exception {
        try (RulePublisher ours = publisher(OURS);
                ForeignRules watch = watch(ours)) {
            forge(RulePublisher.version(OURS), "- list: nothing\n  items: []\n");
            await(watch, health -> health.contains("offset 1, "));
            assertThat(ours.publish(OURS)).isInstanceOf(RulePublisher.Outcome.Published.class);
            await(watch, health -> health.startsWith("true"));
        }
    }

    @Test
    void reportsWhatIsNoRuleSet() throws Exception {
        try (RulePublisher ours = publisher(OURS);
                ForeignRules watch = watch(ours)) {
            send(null);
            await(watch, health -> health.contains("version deleted"));
            send(Cluster.utf8("nonsense"));
            await(watch, health -> health.contains("version unreadable"));
        }
    }

    private RulePublisher publisher(List<RuleFile> files) {
        RulePublisher publisher = cluster.publisher();
        publisher.publish(files);
        return publisher;
    }

    private ForeignRules watch(RulePublisher ours) {
        ForeignRules watch = new ForeignRules(cluster.kafka(), cluster.registry(), ours, folder.resolve("rules.seen"));
        watch.start();
        return watch;
    }

    /// Asks for health, written as `true DETAIL` or `false DETAIL`, until it fits.
    private static void await(ForeignRules watch, Predicate<String> fits) {
        while (!fits.test(watch.check().healthy() + " " + watch.check().detail())) Thread.onSpinWait();
    }

    private void forge(String version, String content) throws Exception {
        RuleFiles record = RuleFiles.newBuilder()
                .setVersion(version)
                .setPublishedAt(0)
                .setPublisher("mallory")
                .setFiles(List.of(new RuleFileContent("ours.yaml", content)))
                .build();
        send(AvroSerde.of(RuleFiles.class, cluster.registry(), Topics.RULES).write(record));
    }

    private void send(byte @Nullable [] value) throws Exception {
        try (Producer<byte[], byte[]> producer = cluster.producer()) {
            Future<RecordMetadata> sent = producer.send(
                    new ProducerRecord<>(Topics.RULES.name(), Cluster.utf8(PublishedRules.RULE_SET), value));
            assertThat(sent.get().topic()).isEqualTo(Topics.RULES.name());
        }
    }
}
