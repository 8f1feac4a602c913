package dev.tiercel.detector.publication;

import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.schemas.AvroSerde;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.Topics;
import dev.tiercel.schemas.avro.RuleChange;
import dev.tiercel.schemas.avro.RuleFileContent;
import dev.tiercel.schemas.avro.RuleFiles;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes rule files on topic `rules`, as one record, if they compile and have changed.
///
/// Not thread-safe.
public final class RulePublisher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RulePublisher.class);
    private static final byte[] KEY = PublishedRules.RULE_SET.getBytes(StandardCharsets.UTF_8);
    private static final int MAX_BYTES = 8 << 20;

    private final Map<String, String> kafka;
    private final AvroSerde<RuleFiles> serde;
    private final AvroSerde<RuleChange> changes;
    private final CompileOptions options;
    private final String publisher;
    private final InstantSource clock;
    private final Producer<byte[], byte[]> producer;
    private final Set<String> own = ConcurrentHashMap.newKeySet();

    /// The result of a call to [#publish].
    public sealed interface Outcome {
        /// Version of the files: SHA-256 over names and contents.
        String version();

        /// The rules were published; they compiled with `warnings`.
        record Published(String version, int rules, List<Diagnostic> warnings) implements Outcome {}

        /// The topic already holds these files.
        record Unchanged(String version, int rules) implements Outcome {}

        /// The files do not compile; the topic is unchanged.
        record Refused(String version, List<Diagnostic> errors) implements Outcome {}
    }

    /// @param options   options the files must compile with
    /// @param publisher name of the publisher, for people to read
    public RulePublisher(Map<String, String> kafka, SchemaRegistry registry, CompileOptions options, String publisher) {
        this.kafka = Map.copyOf(kafka);
        this.serde = AvroSerde.of(RuleFiles.class, registry, Topics.RULES);
        this.changes = AvroSerde.of(RuleChange.class, registry, Topics.RULES_CHANGES);
        this.options = options;
        this.publisher = publisher;
        this.clock = InstantSource.system();
        Map<String, Object> settings = new HashMap<>();
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "gzip");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_BYTES);
        settings.putAll(kafka);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /// Publishes `files` and returns once the brokers have acknowledged them.
    ///
    /// @throws IllegalStateException if the brokers do not accept them
    public Outcome publish(List<RuleFile> files) {
        String version = version(files);
        Compilation compilation = RuleCompiler.compile(files, options);
        if (compilation.ruleSet().isEmpty()) {
            return new Outcome.Refused(version, compilation.diagnostics(Severity.ERROR));
        }
        int rules = compilation.ruleSet().get().rules().size();
        own.add(version);
        if (published().equals(Optional.of(version))) {
            return new Outcome.Unchanged(version, rules);
        }
        RuleFiles record = record(files, version);
        send(record);
        tell(record, rules);
        return new Outcome.Published(version, rules, compilation.diagnostics(Severity.WARNING));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }

    /// Whether this publisher has published a rule set of this version, or is about to; thread-safe.
    boolean published(String version) {
        return own.contains(version);
    }

    /// The version that the content of a publication has, whatever it claims.
    static String version(RuleFiles published) {
        return version(published.getFiles().stream()
                .map(file -> new RuleFile(file.getName(), file.getContent()))
                .toList());
    }

    /// SHA-256 over each file's name and content, each preceded by its length; hexadecimal.
    public static String version(List<RuleFile> files) {
        MessageDigest digest = Sha256.digest();
        for (RuleFile file : files) {
            update(digest, file.name());
            update(digest, file.content());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void update(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
    }

    private RuleFiles record(List<RuleFile> files, String version) {
        return RuleFiles.newBuilder()
                .setVersion(version)
                .setPublishedAt(ChronoUnit.NANOS.between(Instant.EPOCH, clock.instant()))
                .setPublisher(publisher)
                .setFiles(files.stream()
                        .map(file -> new RuleFileContent(file.name(), file.content()))
                        .toList())
                .build();
    }

    private Optional<String> published() {
        return new PublishedRules(kafka, serde).latest().map(RulePublisher::version);
    }

    /// Says on topic `rules.changes` what was published; not worth a failure.
    private void tell(RuleFiles record, int rules) {
        RuleChange change = RuleChanges.ofPublisher(clock).published(RuleChanges.Subject.of(record), rules);
        var _ = producer.send(
                new ProducerRecord<>(Topics.RULES_CHANGES.name(), KEY, changes.write(change)), (sent, failure) -> {
                    if (failure != null) {
                        LOG.warn("cannot write to topic {}: {}", Topics.RULES_CHANGES.name(), PlainCause.of(failure));
                    }
                });
    }

    private void send(RuleFiles record) {
        try {
            producer.send(new ProducerRecord<>(Topics.RULES.name(), KEY, serde.write(record)))
                    .get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException(
                    "cannot publish the rules: version=%s cause=%s"
                            .formatted(record.getVersion(), PlainCause.of(failure)),
                    failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while publishing rules", interrupted);
        }
    }
}
