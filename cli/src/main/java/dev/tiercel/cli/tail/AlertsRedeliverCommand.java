package dev.tiercel.cli.tail;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.settings.AccessHint;
import dev.tiercel.cli.settings.BrokerOption;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.cli.settings.TopicsConfig;
import dev.tiercel.schemas.Topics;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Hands undelivered alerts to their output again.
@Command(
        name = "redeliver",
        description = {
            "Have an output try its undelivered alerts again: those on topic alerts.undelivered that no earlier run took.",
            "The sinks deliver them, past all routes, while they run."
        })
final class AlertsRedeliverCommand implements Callable<Integer> {
    private static final String GROUP = "tiercel-redeliver-";
    private static final Duration POLL = Duration.ofMillis(500);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerOption broker = new BrokerOption();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Parameters(paramLabel = "OUTPUT", description = "Name of the output.")
    private String output = "";

    @Option(names = "--all", description = "Those that an earlier run took, too, as far as they are still kept.")
    private boolean all;

    @Override
    public Integer call() {
        Settings read = broker.settings(settings, "registry.", "health.", "disk.", "topics.");
        Map<String, String> kafka = read.kafka();
        read.requireValid();
        Map<String, Object> client = TopicsConfig.client(kafka);
        try {
            int count = redeliver(client);
            new Console(spec.commandLine().getErr())
                    .print(Console.counted(count, "alert") + " to be delivered to '" + output + "' again");
        } catch (KafkaException failure) {
            throw new EnvironmentException(
                    "cannot hand on undelivered alerts: %s; %s"
                            .formatted(PlainCause.of(failure), AccessHint.of(client, failure)),
                    failure);
        }
        return ExitCode.SUCCESS.number();
    }

    private int redeliver(Map<String, Object> client) {
        Map<String, Object> reading = new HashMap<>(client);
        reading.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP + output);
        reading.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reading.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        Map<String, Object> writing = new HashMap<>(client);
        writing.put(ProducerConfig.ACKS_CONFIG, "all");
        writing.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 << 20);
        try (KafkaConsumer<byte[], byte[]> from =
                        new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                KafkaProducer<byte[], byte[]> to =
                        new KafkaProducer<>(writing, new ByteArraySerializer(), new ByteArraySerializer())) {
            Set<TopicPartition> partitions = from.partitionsFor(Topics.ALERTS_UNDELIVERED.name()).stream()
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .collect(Collectors.toSet());
            from.assign(partitions);
            if (all) from.seekToBeginning(partitions);
            int count = handOn(from, to);
            from.commitSync();
            return count;
        }
    }

    /// All up to the present end; returns once the brokers have them.
    private int handOn(KafkaConsumer<byte[], byte[]> from, KafkaProducer<byte[], byte[]> to) {
        Map<TopicPartition, Long> ends = from.endOffsets(from.assignment());
        List<Future<?>> sent = new ArrayList<>();
        while (ends.entrySet().stream().anyMatch(end -> from.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : from.poll(POLL)) {
                if (!output.equals(record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8)))
                    continue;
                sent.add(to.send(new ProducerRecord<>(Topics.ALERTS_REDELIVER.name(), record.key(), record.value())));
            }
        }
        to.flush();
        for (Future<?> each : sent) {
            try {
                each.get();
            } catch (ExecutionException refused) {
                throw new KafkaException(PlainCause.of(refused), refused);
            } catch (InterruptedException stopped) {
                throw new InterruptException(stopped);
            }
        }
        return sent.size();
    }
}
