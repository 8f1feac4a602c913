package dev.tiercel.cli;

import dev.tiercel.cli.settings.TopicsConfig;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.TopicException;
import dev.tiercel.schemas.TopicReport;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Creates the topics of an app where they are missing, and logs how existing ones differ from the catalogue.
final class TopicsComponent implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(TopicsComponent.class);
    private static final String TIMEOUT_MILLIS = "20000";

    private final TopicsConfig config;
    private final Map<String, String> kafka;
    private final List<Topic> topics;
    private final boolean canWait;

    /// @param kafka settings of the Kafka clients
    /// @param canWait whether the app can start while no broker responds; its topics are then taken to exist
    TopicsComponent(TopicsConfig config, Map<String, String> kafka, List<Topic> topics, boolean canWait) {
        this.config = config;
        this.kafka = Map.copyOf(kafka);
        this.topics = List.copyOf(topics);
        this.canWait = canWait;
    }

    @Override
    public String name() {
        return "topics";
    }

    @Override
    public void start() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.putIfAbsent("default.api.timeout.ms", TIMEOUT_MILLIS);
        settings.putIfAbsent("request.timeout.ms", "10000");
        try (Admin admin = Admin.create(settings)) {
            report(
                    config.create()
                            ? Topics.create(admin, config.replication(), topics)
                            : Topics.require(admin, config.replication(), topics));
        } catch (TopicException e) {
            if (!canWait || !isUnreachable(e)) {
                throw e;
            }
            LOG.warn("no broker responds, so topics are neither created nor compared: {}", e.getMessage());
        }
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

    @Override
    public Health check() {
        return Health.ok();
    }

    @Override
    public void close() {}
}
