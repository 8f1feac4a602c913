package dev.tiercel.cli.settings;

import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.TopicException;
import dev.tiercel.schemas.TopicReport;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.Worker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates the topics of an app where they are missing, logs how existing ones differ from the catalogue, and looks
/// every few seconds whether they are still there: a producer waits for a deleted topic as it waits for an absent
/// broker, silently. A deleted one is created again, unless `topics.create` is false; then the app is unhealthy.
public final class TopicsComponent implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(TopicsComponent.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final TopicsConfig config;
    private final Map<String, Object> client;
    private final List<Topic> topics;
    private final boolean canWait;
    private final Worker worker = new Worker("topics", Duration.ofSeconds(1));
    private volatile List<Topic> missing = List.of();
    private volatile String failure = "";

    /// @param kafka settings of the Kafka clients
    /// @param canWait whether the app can start while no broker responds; its topics are then created later
    public TopicsComponent(TopicsConfig config, Map<String, String> kafka, List<Topic> topics, boolean canWait) {
        this.config = config;
        this.topics = List.copyOf(topics);
        this.canWait = canWait;
        this.client = TopicsConfig.client(kafka);
    }

    @Override
    public String name() {
        return "topics";
    }

    /// @throws TopicException if a topic is missing and may not be created, or, unless the app can wait, the brokers do
    /// not respond
    @Override
    public void start() {
        try (Admin admin = Admin.create(client)) {
            report(
                    config.create()
                            ? Topics.create(admin, config.replication(), topics)
                            : Topics.require(admin, config.replication(), topics));
        } catch (TopicException e) {
            if (!canWait || !isUnreachable(e)) {
                throw e;
            }
            LOG.warn("no broker responds, so topics are not yet created or compared: {}", e.getMessage());
        }
        worker.start(this::watch);
    }

    private static boolean isUnreachable(TopicException e) {
        Throwable cause = e.getCause();
        return cause != null && cause.getCause() instanceof RetriableException;
    }

    private static void report(TopicReport report) {
        if (!report.created().isEmpty()) {
            LOG.info("created topics {}", String.join(", ", report.created()));
        }
        report.mismatches().forEach(difference -> LOG.warn("{}; it is not changed", difference));
    }

    private void watch() throws InterruptedException {
        try (Admin admin = Admin.create(client)) {
            while (!worker.closing()) {
                Thread.sleep(INTERVAL);
                restore(admin);
            }
        }
    }

    /// Brokers that do not respond are others' to report.
    private void restore(Admin admin) {
        try {
            List<Topic> now = Topics.missing(admin, topics);
            if (!now.isEmpty() && !now.equals(missing)) {
                LOG.error("missing topics: {}; if they were deleted, what they held is lost", names(now));
            }
            missing = now;
            if (!now.isEmpty() && config.create()) {
                report(Topics.create(admin, config.replication(), now));
                missing = List.of();
            }
        } catch (TopicException e) {
            failure = String.valueOf(e.getMessage());
        }
    }

    private static String names(List<Topic> topics) {
        return topics.stream().map(Topic::name).collect(Collectors.joining(", "));
    }

    /// Failing while a topic is missing that cannot be created.
    @Override
    public Health check() {
        List<Topic> now = missing;
        return now.isEmpty()
                ? worker.check()
                : Health.failing("missing topics: %s: %s"
                        .formatted(names(now), config.create() ? failure : "topics.create is false"));
    }

    @Override
    public void close() {
        worker.close();
    }
}
