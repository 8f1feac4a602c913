package dev.tiercel.it;

import dev.tiercel.harness.Requirement;
import dev.tiercel.schemas.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/// Three brokers, each a container and a controller too, and a schema registry; the topics have three replicas, of
/// which two must have a record. All listen on this machine alone.
final class ReplicatedCluster implements AutoCloseable {
    static final int BROKERS = 3;

    private static final String KAFKA = "apache/kafka:4.4.0";
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final long LOOK_NANOS = 100_000_000;

    private final List<Integer> ports = new ArrayList<>();
    private final List<Integer> controllers = new ArrayList<>();
    private final List<GenericContainer<?>> brokers = new ArrayList<>();
    private final GenericContainer<?> registry;
    private final int registryPort;
    private final Admin admin;

    ReplicatedCluster() throws IOException {
        Requirement.STACK.check(
                Machine.hasImages(KAFKA, ComposeStack.IMAGE),
                KAFKA + " and " + ComposeStack.IMAGE + " (bin/local-images)");
        for (int broker = 0; broker < BROKERS; broker++) {
            ports.add(Machine.freePort());
            controllers.add(Machine.freePort());
        }
        registryPort = Machine.freePort();
        for (int broker = 0; broker < BROKERS; broker++) brokers.add(broker(broker));
        List<String> command = new ArrayList<>(List.of("registry", "--bootstrap", bootstrap()));
        command.addAll(List.of("--set", "schemas.port=" + registryPort, "--set", "health.enabled=false"));
        registry = container(ComposeStack.IMAGE)
                .withCommand(command.toArray(String[]::new))
                .waitingFor(Wait.forLogMessage(".*is running.*\\n", 1).withStartupTimeout(LIMIT));
        Startables.deepStart(brokers).join();
        admin = Admin.create(client());
        awaitInSync();
        Topics.create(admin, BROKERS);
        registry.start();
    }

    @SuppressWarnings("resource") // closed with this
    private static GenericContainer<?> container(String image) {
        return new GenericContainer<>(DockerImageName.parse(image))
                .withNetworkMode("host")
                .withImagePullPolicy(name -> false);
    }

    private GenericContainer<?> broker(int number) {
        String voters = IntStream.range(0, BROKERS)
                .mapToObj(voter -> voter + "@localhost:" + controllers.get(voter))
                .collect(Collectors.joining(","));
        String here = "localhost:" + ports.get(number);
        return container(KAFKA)
                .withEnv("KAFKA_NODE_ID", String.valueOf(number))
                .withEnv("KAFKA_PROCESS_ROLES", "broker,controller")
                .withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", voters)
                .withEnv("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
                .withEnv(
                        "KAFKA_LISTENERS",
                        "HOST://%s,CONTROLLER://localhost:%d".formatted(here, controllers.get(number)))
                .withEnv("KAFKA_ADVERTISED_LISTENERS", "HOST://" + here)
                .withEnv("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", "HOST:PLAINTEXT,CONTROLLER:PLAINTEXT")
                .withEnv("KAFKA_INTER_BROKER_LISTENER_NAME", "HOST")
                .withEnv("KAFKA_LOG_DIRS", "/tmp/kafka")
                .withEnv("KAFKA_DEFAULT_REPLICATION_FACTOR", "3")
                .withEnv("KAFKA_MIN_INSYNC_REPLICAS", "2")
                .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "6")
                .withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "6")
                .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                .withEnv("KAFKA_HEAP_OPTS", "-Xms128m -Xmx384m");
    }

    /// Addresses of the brokers.
    String bootstrap() {
        return ports.stream().map(port -> "localhost:" + port).collect(Collectors.joining(","));
    }

    /// Settings of a Kafka client.
    Map<String, Object> client() {
        return Map.of("bootstrap.servers", bootstrap());
    }

    /// URL of the registry.
    String registry() {
        return "http://127.0.0.1:" + registryPort;
    }

    /// Ends a broker as a crash does.
    void kill(int broker) {
        DockerClientFactory.lazyClient()
                .killContainerCmd(brokers.get(broker).getContainerId())
                .exec();
    }

    /// Starts a broker that was killed on what it has, and waits until it has caught up.
    void restart(int broker) {
        DockerClientFactory.lazyClient()
                .startContainerCmd(brokers.get(broker).getContainerId())
                .exec();
        awaitInSync();
    }

    /// Until every partition has all its replicas, and all brokers are there.
    private void awaitInSync() {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!inSync()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        brokers.stream().map(GenericContainer::getLogs).toList().toString());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private boolean inSync() {
        try {
            Set<String> topics = admin.listTopics().names().get();
            return admin.describeCluster().nodes().get().size() == BROKERS
                    && admin.describeTopics(topics).allTopicNames().get().values().stream()
                            .flatMap(topic -> topic.partitions().stream())
                            .allMatch(partition -> partition.isr().size() == BROKERS);
        } catch (ExecutionException notNow) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
        registry.stop();
        brokers.forEach(GenericContainer::stop);
    }
}
