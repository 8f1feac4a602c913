package dev.tiercel.broker;

import java.nio.file.Path;
import java.util.Properties;

/// The settings of a single-node cluster: fast to start and to stop, small, and safe to kill.
final class BrokerProperties {
    static final int NODE_ID = 1;

    private BrokerProperties() {}

    static Properties of(Path logDirectory, int port, int controllerPort, BrokerAccess access) {
        Properties properties = new Properties();
        node(properties, logDirectory, controllerPort);
        Listeners.put(properties, port, controllerPort, access);
        internalTopics(properties);
        quickStart(properties);
        smallFootprint(properties);
        quietAtRest(properties);
        return properties;
    }

    private static void node(Properties properties, Path logDirectory, int controllerPort) {
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", Integer.toString(NODE_ID));
        properties.setProperty("controller.quorum.voters", NODE_ID + "@127.0.0.1:" + controllerPort);
        properties.setProperty("log.dirs", logDirectory.toString());
        properties.setProperty(
                "auto.create.topics.enable", "false"); // topics are created with explicit settings, never by a typo
    }

    /// Replication factor 1 everywhere, transactions included: there is one broker.
    private static void internalTopics(Properties properties) {
        properties.setProperty("default.replication.factor", "1");
        properties.setProperty("min.insync.replicas", "1");
        properties.setProperty("offsets.topic.replication.factor", "1");
        properties.setProperty("offsets.topic.num.partitions", "3");
        properties.setProperty("transaction.state.log.replication.factor", "1");
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("transaction.state.log.num.partitions", "3");
        properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
        properties.setProperty("share.coordinator.state.topic.num.partitions", "1");
    }

    /// After a kill -9 the controller waits for the dead broker's session to expire, and the last segments are
    /// recovered.
    private static void quickStart(Properties properties) {
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        properties.setProperty("broker.session.timeout.ms", "3000");
        properties.setProperty("broker.heartbeat.interval.ms", "1000");
        properties.setProperty("log.segment.bytes", Integer.toString(64 << 20));
        properties.setProperty("num.recovery.threads.per.data.dir", "2");
    }

    private static void smallFootprint(Properties properties) {
        properties.setProperty("num.network.threads", "1"); // of each listener
        properties.setProperty("group.coordinator.threads", "1");
        properties.setProperty("share.coordinator.threads", "1");
        properties.setProperty("num.io.threads", "4");
        properties.setProperty("background.threads", "2");
        properties.setProperty("num.replica.fetchers", "1");
        properties.setProperty(
                "log.cleaner.dedupe.buffer.size", Integer.toString(4 << 20)); // 128 MiB of heap otherwise
        properties.setProperty("offsets.load.buffer.size", Integer.toString(1 << 20));
        properties.setProperty("transaction.state.log.load.buffer.size", Integer.toString(1 << 20));
    }

    /// Other controllers and brokers would miss the record that says twice a second that nothing has changed.
    private static void quietAtRest(Properties properties) {
        properties.setProperty("metadata.max.idle.interval.ms", "60000");
    }
}
