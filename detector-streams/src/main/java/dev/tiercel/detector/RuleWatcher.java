package dev.tiercel.detector;

import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes rules at start and whenever one of their files changes.
///
/// Waits until 100 ms pass without a change, as Falco does. Errors in rules are logged with their positions; the rules
/// published before stay in force. It watches directories, not files, since editors and Kubernetes replace files.
public final class RuleWatcher implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(RuleWatcher.class);
    private static final long QUIET_MILLIS = 100;
    private static final long MAX_WAIT_MILLIS = 1_000;

    private final RuleSources sources;
    private final RulePublisher publisher;
    private final Worker worker = new Worker("rule-watcher", Duration.ofSeconds(1));
    private volatile Health lastPublication = Health.ok();
    private volatile String lastVersion = "";
    private @Nullable WatchService watch;

    /// Takes ownership of `publisher` and closes it.
    public RuleWatcher(RuleSources sources, RulePublisher publisher) {
        this.sources = sources;
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "rules";
    }

    @Override
    public void onFailure(Consumer<Throwable> listener) {
        worker.onFailure(listener);
    }

    /// Returns once the rules are on the topic.
    ///
    /// @throws RulesRefusedException if they do not compile
    /// @throws UncheckedIOException if a file cannot be read
    @Override
    public void start() {
        WatchService service = watchDirectories();
        RulePublisher.Outcome outcome = publisher.publish(sources.read());
        if (outcome instanceof RulePublisher.Outcome.Refused refused) {
            throw new RulesRefusedException(refused.errors()); // reported by the caller
        }
        report(outcome);
        worker.start(() -> follow(service));
    }

    @Override
    public Health check() {
        return worker.check().and(lastPublication);
    }

    @Override
    public void close() {
        worker.close();
        try {
            if (watch != null) {
                watch.close();
            }
        } catch (IOException failure) {
            LOG.warn("cannot close the watch on the rule files: {}", failure.toString());
        }
        publisher.close();
    }

    private WatchService watchDirectories() {
        try {
            WatchService service = FileSystems.getDefault().newWatchService();
            watch = service;
            for (Path directory : sources.directories()) {
                directory.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            }
            return service;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot watch the rule files: " + failure, failure);
        }
    }

    private void follow(WatchService service) throws InterruptedException {
        while (true) {
            awaitQuiet(service, service.take());
            republish();
        }
    }

    /// Consumes changes until none arrives for 100 ms, for at most one second.
    private static void awaitQuiet(WatchService service, WatchKey first) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_WAIT_MILLIS);
        WatchKey key = first;
        while (key != null) {
            key.pollEvents();
            key.reset();
            key = System.nanoTime() < limit ? service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) : null;
        }
    }

    /// Most changes in a watched directory do not concern rules: unchanged files are neither compiled nor looked up
    /// again.
    private void republish() {
        try {
            List<RuleFile> files = sources.read();
            if (!RulePublisher.version(files).equals(lastVersion)) {
                report(publisher.publish(files));
            }
        } catch (UncheckedIOException | IllegalStateException | KafkaException | RegistryException failure) {
            LOG.error("cannot publish the rules; the old ones stay in force: {}", failure.getMessage());
            lastPublication = Health.failing(String.valueOf(failure.getMessage()));
            lastVersion = "";
        }
    }

    private void report(RulePublisher.Outcome outcome) {
        lastVersion = outcome.version();
        switch (outcome) {
            case RulePublisher.Outcome.Published(String version, int rules, var warnings) -> {
                LOG.info(
                        "published {} rules, version {}, {} warnings",
                        rules,
                        version.substring(0, 12),
                        warnings.size());
                lastPublication = Health.ok(rules + " rules published");
            }
            case RulePublisher.Outcome.Unchanged(String version, int rules) -> {
                LOG.debug("rules unchanged, version {}", version);
                lastPublication = Health.ok(rules + " rules published");
            }
            case RulePublisher.Outcome.Refused(String version, var errors) -> {
                String texts = errors.stream().map(Diagnostic::text).collect(Collectors.joining("\n"));
                LOG.error("{} errors in the rule files; the old rules stay in force:\n{}", errors.size(), texts);
                lastPublication =
                        Health.failing(errors.size() + " errors in the rule files; the old rules stay in force");
            }
        }
    }
}
