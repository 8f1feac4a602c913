package dev.tiercel.sinks.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.registry.InMemoryRegistry;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.Alert;
import dev.tiercel.schemas.avro.UndeliveredAlert;
import dev.tiercel.service.Metrics;
import dev.tiercel.sinks.alert.TestAlerts;
import dev.tiercel.sinks.plan.OutputPlan;
import dev.tiercel.sinks.plan.SinksFile;
import dev.tiercel.sinks.receiver.DeliveryResult;
import dev.tiercel.sinks.receiver.Notice;
import dev.tiercel.sinks.receiver.Receiver;
import dev.tiercel.sinks.route.Router;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// With a clock that only waiting moves.
final class AlertDeliveryTest {
    private static final TopicPartition ALERTS = new TopicPartition(Topics.ALERTS.name(), 0);
    private static final TopicPartition AGAIN = new TopicPartition(Topics.ALERTS_REDELIVER.name(), 0);

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final AvroSerde<Alert> alerts = AvroSerde.of(Alert.class, registry, Topics.ALERTS);
    private final AvroSerde<UndeliveredAlert> undelivered =
            AvroSerde.of(UndeliveredAlert.class, registry, Topics.ALERTS_UNDELIVERED);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Metrics metrics = new Metrics();
    private final DeliveryMetrics counts = new DeliveryMetrics(metrics, "soc");
    private Instant now = Instant.parse("2026-11-27T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final List<String> arrived = new ArrayList<>();
    private long offset;

    @AfterEach
    void close() {
        metrics.close();
    }

    /// A receiver that does as it is told.
    private static final class Told implements Receiver {
        private final Function<Notice, DeliveryResult> answer;
        private final int parallel;

        Told(int parallel, Function<Notice, DeliveryResult> answer) {
            this.parallel = parallel;
            this.answer = answer;
        }

        @Override
        public void check() {}

        @Override
        public List<DeliveryResult> deliver(List<Notice> notices) throws IOException {
            return notices.stream().map(answer).toList();
        }

        @Override
        public int parallel() {
            return parallel;
        }

        @Override
        public void close() {}
    }

    private DeliveryResult arrive(Notice notice) {
        synchronized (arrived) {
            arrived.add(notice.id() + "/" + notice.alert().alert().getRevision());
        }
        return DeliveryResult.DELIVERED;
    }

    private AlertDelivery delivery(Receiver receiver) {
        return delivery(receiver, "routes: []");
    }

    private AlertDelivery delivery(Receiver receiver, String routes) {
        String file = "outputs: [{name: soc, type: stdout}]\n" + routes;
        Router router = new Router(
                "soc",
                SinksFile.read("sinks.yaml", file, Path.of("/"), Map.of())
                        .plan()
                        .orElseThrow()
                        .routes());
        AlertDelivery delivery = new AlertDelivery(
                new OutputPlan("soc", "told", receiver, Duration.ofDays(1)),
                router,
                new AlertDelivery.Formats(alerts, undelivered),
                new UndeliveredAlerts("soc", undelivered, producer),
                counts,
                new AlertDelivery.Surroundings(clock, new Backoff(RandomGenerator.getDefault()), (polled, length) -> {
                    now = now.plus(length);
                    return List.of();
                }));
        if (consumer.assignment().isEmpty()) consumer.assign(List.of(ALERTS, AGAIN));
        consumer.updateBeginningOffsets(Map.of(ALERTS, 0L, AGAIN, 0L));
        delivery.rebalances(consumer).onPartitionsAssigned(List.of(ALERTS, AGAIN));
        return delivery;
    }

    private void publish(Alert alert) {
        consumer.addRecord(new ConsumerRecord<>(
                ALERTS.topic(), 0, offset++, alert.getId().getBytes(StandardCharsets.UTF_8), alerts.write(alert)));
    }

    private void publish(int count) {
        for (int number = 0; number < count; number++)
            publish(TestAlerts.alert("" + offset).build());
    }

    private OffsetAndMetadata committed() {
        return committed(ALERTS);
    }

    private OffsetAndMetadata committed(TopicPartition partition) {
        return Objects.requireNonNull(consumer.committed(Set.of(partition)).get(partition));
    }

    private List<UndeliveredAlert> givenUp() {
        return producer.history().stream()
                .map(record -> undelivered.read(record.value()))
                .toList();
    }

    private void assertEquation() {
        assertThat(counts.consumed.get())
                .isEqualTo(
                        counts.delivered.get() + counts.undelivered.get() + counts.held.get() + counts.unwanted.get());
    }

    @Test
    void afterAnHourOfOutageEverythingArrives() throws InterruptedException {
        Instant up = now.plus(Duration.ofHours(1));
        AlertDelivery delivery = delivery(
                new Told(8, notice -> now.isBefore(up) ? DeliveryResult.later("connection refused") : arrive(notice)));
        int all = 200 * 3600;
        Set<String> ids = new HashSet<>();
        boolean[] unwell = {false};
        for (int sent = 0; sent < all || arrived.size() < all; ) {
            int burst = Math.min(5_000, all - sent);
            for (int number = 0; number < burst; number++) {
                Alert alert = TestAlerts.alert("" + offset).build();
                ids.add(alert.getId() + "/0");
                publish(alert);
            }
            sent += burst;
            consumer.schedulePollTask(() -> unwell[0] |= !delivery.check().healthy());
            delivery.step(consumer, () -> false);
        }
        assertThat(new HashSet<>(arrived)).isEqualTo(ids);
        assertThat(arrived).hasSize(all);
        assertThat(givenUp()).isEmpty();
        assertThat(delivery.check().healthy()).isTrue();
        assertThat(committed().offset()).isEqualTo(all);
        assertThat(counts.retries.get()).as("in an hour, not thousands").isLessThan(2_000);
        assertEquation();
    }

    @Test
    void whatIsRefusedIsOnTheTopicAndTheOthersArrive() throws InterruptedException {
        AlertDelivery delivery = delivery(new Told(
                1, notice -> notice.id().equals("1") ? new DeliveryResult.Refused("HTTP status 400") : arrive(notice)));
        publish(3);
        delivery.step(consumer, () -> false);
        assertThat(arrived).containsExactly("0/0", "2/0");
        assertThat(givenUp()).hasSize(1);
        UndeliveredAlert one = givenUp().getFirst();
        assertThat(one.getId()).isEqualTo("1");
        assertThat(one.getReason()).isEqualTo("HTTP status 400");
        assertThat(one.getAttempts()).isEqualTo(1);
        assertThat(one.getOffset()).isEqualTo(1);
        assertThat(alerts.read(bytes(one)).getRule()).isEqualTo("Shell in container");
        assertThat(committed().offset()).isEqualTo(3);
        assertEquation();
    }

    private static byte[] bytes(UndeliveredAlert one) {
        byte[] bytes = new byte[one.getAlert().remaining()];
        one.getAlert().duplicate().get(bytes);
        return bytes;
    }

    @Test
    void oneThatFailsAloneHoldsUpNothingAndIsGivenUp() throws InterruptedException {
        AlertDelivery delivery = delivery(new Told(
                1, notice -> notice.id().equals("1") ? DeliveryResult.later("HTTP status 500") : arrive(notice)));
        publish(50);
        delivery.step(consumer, () -> false);
        assertThat(arrived).hasSize(49);
        assertThat(committed().offset())
                .as("what comes after it may come again")
                .isEqualTo(1);
        for (int minute = 0; minute < 60 && givenUp().isEmpty(); minute++) {
            publish(1);
            now = now.plus(Duration.ofMinutes(1));
            delivery.step(consumer, () -> false);
            assertThat(arrived).hasSize(50 + minute);
        }
        assertThat(givenUp()).hasSize(1);
        assertThat(givenUp().getFirst().getReason()).isEqualTo("HTTP status 500; others arrived meanwhile");
        assertThat(committed().offset()).isEqualTo(offset);
        assertEquation();
    }

    @Test
    void anOutageAfterPartOfARoundGivesUpNothingEarly() throws InterruptedException {
        Instant up = now.plus(Duration.ofHours(2));
        AlertDelivery delivery = delivery(new Told(8, notice -> {
            boolean first = now.isBefore(up) && Integer.parseInt(notice.id()) % 2 == 0 && arrived.size() < 4;
            return first || !now.isBefore(up) ? arrive(notice) : DeliveryResult.later("HTTP status 503");
        }));
        publish(8);
        for (int step = 0; step < 400 && arrived.size() < 8; step++) {
            delivery.step(consumer, () -> false);
            now = now.plus(Duration.ofSeconds(30));
        }
        assertThat(arrived).hasSize(8);
        assertThat(givenUp()).isEmpty();
        assertEquation();
    }

    @Test
    void whenItClosesWhatHasArrivedIsCommitted() throws InterruptedException {
        AlertDelivery delivery = delivery(new Told(1, this::arrive));
        publish(20);
        delivery.step(consumer, () -> arrived.size() >= 7);
        assertThat(arrived).hasSize(7);
        assertThat(committed().offset()).isEqualTo(7);
    }

    @Test
    void whatIsHeldIsCountedOnceWhateverIsCommittedBetween() throws InterruptedException {
        String routes = "routes: [{name: few, to: soc, rate-limit: {alerts: 3, per: 1h}}]";
        AlertDelivery delivery = delivery(
                new Told(1, notice -> notice.id().equals("1") ? DeliveryResult.later("busy") : arrive(notice)), routes);
        publish(10);
        delivery.step(consumer, () -> arrived.size() == 2);
        assertThat(committed().offset()).isEqualTo(1);
        assertThat(committed().metadata()).isEmpty();
    }

    @Test
    void aCallThatFailsAsAWholeIsMadeSmaller() throws InterruptedException {
        List<Integer> sizes = new ArrayList<>();
        Receiver receiver = new Receiver() {
            @Override
            public void check() {}

            @Override
            public List<DeliveryResult> deliver(List<Notice> notices) throws IOException {
                sizes.add(notices.size());
                if (notices.stream().anyMatch(notice -> notice.id().equals("5"))) throw new IOException("exit 1");
                return notices.stream().map(AlertDeliveryTest.this::arrive).toList();
            }

            @Override
            public int batch() {
                return 64;
            }

            @Override
            public void close() {}
        };
        AlertDelivery delivery = delivery(receiver);
        publish(64);
        for (int step = 0; step < 100 && arrived.size() < 63; step++) {
            delivery.step(consumer, () -> false);
            now = now.plus(Duration.ofMinutes(1));
        }
        assertThat(arrived).hasSize(63);
        assertThat(sizes).startsWith(64, 32, 16).contains(1);
        assertThat(givenUp()).isEmpty();
    }

    @Test
    void afterTheTimeOfTheOutputItIsGivenUp() throws InterruptedException {
        AlertDelivery delivery = delivery(new Told(1, notice -> DeliveryResult.later("no route to host")));
        Instant before = now;
        publish(2);
        delivery.step(consumer, () -> false);
        assertThat(givenUp()).hasSize(2);
        assertThat(givenUp()).allSatisfy(one -> {
            assertThat(one.getReason()).isEqualTo("no route to host");
            assertThat(one.getGaveUp())
                    .isBetween(
                            before.plus(Duration.ofHours(24)).toEpochMilli(),
                            before.plus(Duration.ofHours(25)).toEpochMilli());
        });
        assertThat(givenUp().getFirst().getAttempts()).isGreaterThan(100);
        assertThat(givenUp()).extracting(UndeliveredAlert::getFirstAttempt).contains(before.toEpochMilli());
        publish(100);
        delivery.step(consumer, () -> false);
        assertThat(givenUp()).as("it has been dead for longer than that").hasSize(102);
        assertThat(Duration.between(before, now)).isBetween(Duration.ofHours(24), Duration.ofHours(25));
        assertThat(committed().offset()).isEqualTo(102);
        assertEquation();
    }

    @Test
    void aReceiverIsLeftAloneAsLongAsItWants() throws InterruptedException {
        Instant before = now;
        AlertDelivery delivery = delivery(new Told(
                4,
                notice -> now.isBefore(before.plus(Duration.ofMinutes(10)))
                        ? new DeliveryResult.Later("HTTP status 429", Duration.ofMinutes(10))
                        : arrive(notice)));
        publish(4);
        delivery.step(consumer, () -> false);
        assertThat(counts.retries.get()).isEqualTo(4);
        assertThat(arrived).hasSize(4);
    }

    @Test
    void revisionsOfAnAlertArriveInTheirOrder() throws InterruptedException {
        Map<String, Integer> failures = new HashMap<>();
        AlertDelivery delivery = delivery(new Told(8, notice -> {
            synchronized (failures) {
                boolean fails = failures.merge(notice.id(), 1, Integer::sum) % 3 != 0;
                return fails ? DeliveryResult.later("busy") : arrive(notice);
            }
        }));
        for (int revision = 0; revision < 3; revision++) {
            for (int number = 0; number < 10; number++) {
                publish(TestAlerts.alert("" + number).setRevision(revision).build());
            }
        }
        for (int step = 0; step < 200 && arrived.size() < 30; step++) {
            delivery.step(consumer, () -> false);
            now = now.plus(Duration.ofMinutes(1));
        }
        for (int number = 0; number < 10; number++) {
            String prefix = number + "/";
            assertThat(arrived.stream().filter(one -> one.startsWith(prefix)))
                    .containsExactly(prefix + 0, prefix + 1, prefix + 2);
        }
    }

    @Test
    void heldAlertsSurviveARestartAndAreSummarised() throws InterruptedException {
        String routes = "routes: [{name: few, to: soc, rate-limit: {alerts: 3, per: 1h}}]";
        AlertDelivery delivery = delivery(new Told(1, this::arrive), routes);
        publish(10);
        delivery.step(consumer, () -> false);
        assertThat(arrived).hasSize(3);
        assertThat(counts.held.get()).isEqualTo(7);
        assertThat(committed().metadata()).contains("few");
        AlertDelivery next = delivery(new Told(1, this::arrive), routes);
        now = now.plus(Duration.ofHours(1));
        next.step(consumer, () -> false);
        assertThat(arrived).hasSize(4);
        assertThat(counts.summaries.get()).isEqualTo(1);
        assertThat(committed().metadata()).isEmpty();
        assertEquation();
    }

    @Test
    void whatIsNoAlertIsKeptAndDoesNotStopAnything() throws InterruptedException {
        AlertDelivery delivery = delivery(new Told(1, this::arrive));
        consumer.addRecord(new ConsumerRecord<>(ALERTS.topic(), 0, offset++, null, new byte[] {1, 2, 3}));
        publish(1);
        delivery.step(consumer, () -> false);
        assertThat(arrived).containsExactly("1/0");
        assertThat(givenUp()).hasSize(1);
        assertThat(givenUp().getFirst().getReason()).startsWith("no alert: ");
        assertEquation();
    }

    @Test
    void whatIsToBeDeliveredAgainGoesToItsOutputPastAllRoutes() throws InterruptedException {
        AlertDelivery delivery = delivery(new Told(1, this::arrive), "routes: [{to: soc, when: 'alert.rule = Other'}]");
        publish(1);
        delivery.step(consumer, () -> false);
        assertThat(arrived).isEmpty();
        assertThat(counts.unwanted.get()).isEqualTo(1);
        AlertDelivery refusing = delivery(new Told(1, notice -> new DeliveryResult.Refused("no")), "routes: []");
        publish(1);
        refusing.step(consumer, () -> false);
        byte[] again = producer.history().getFirst().value();
        consumer.addRecord(new ConsumerRecord<>(AGAIN.topic(), 0, 0, "other".getBytes(StandardCharsets.UTF_8), again));
        consumer.addRecord(new ConsumerRecord<>(AGAIN.topic(), 0, 1, "soc".getBytes(StandardCharsets.UTF_8), again));
        delivery.step(consumer, () -> false);
        assertThat(arrived).containsExactly("1/0");
        assertThat(committed(AGAIN).offset()).isEqualTo(2);
        assertEquation();
    }
}
