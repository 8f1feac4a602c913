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

/// Publishes rules at the start and whenever a file of theirs changes.
///
/// Waits until 100 ms pass without a change, as Falco does. Rules that do not compile are logged with their
/// positions; those published before stay in force. The directories are watched, not the files, since editors and
/// Kubernetes replace files.
public final class RuleWatcher implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(RuleWatcher.class);
    private static final long QUIET_MILLIS = 100;
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private final RuleSources sources;
    private final RulePublisher publisher;
    private final Worker worker = new Worker("rule-watcher", Duration.ofSeconds(1));
    private volatile Health offer = Health.fine();
    private volatile String offered = "";
    private @Nullable WatchService watch;

    /// Takes over `publisher` and closes it.
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

    /// Returns when the rules are on the topic.
    ///
    /// @throws RulesRefusedException if they do not compile
    /// @throws UncheckedIOException if a file cannot be read
    @Override
    public void start() {
        WatchService service = watchFolders();
        RulePublisher.Outcome outcome = publisher.publish(sources.read());
        if (outcome instanceof RulePublisher.Outcome.Refused refused) {
            throw new RulesRefusedException(refused.errors()); // whoever starts us says so, once
        }
        report(outcome);
        worker.start(() -> follow(service));
    }

    @Override
    public Health check() {
        return worker.check().and(offer);
    }

    @Override
    public void close() {
        worker.close();
        try {
            if (watch != null) {
                watch.close();
            }
        } catch (IOException failure) {
            LOG.warn("the watch on rule files did not close: {}", failure.toString());
        }
        publisher.close();
    }

    private WatchService watchFolders() {
        try {
            WatchService service = FileSystems.getDefault().newWatchService();
            watch = service;
            for (Path folder : sources.folders()) {
                folder.register(
                        service,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
            }
            return service;
        } catch (IOException failure) {
            throw new UncheckedIOException("rule files cannot be watched: " + failure, failure);
        }
    }

    private void follow(WatchService service) throws InterruptedException {
        while (true) {
            awaitQuiet(service, service.take());
            republish();
        }
    }

    /// Takes changes until none came for 100 ms; but in a folder that is never quiet, for one second.
    private static void awaitQuiet(WatchService service, WatchKey first) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LONGEST_WAIT_MILLIS);
        WatchKey key = first;
        while (key != null) {
            key.pollEvents();
            key.reset();
            key = System.nanoTime() < limit ? service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) : null;
        }
    }

    /// Most changes in a watched folder are not of rules: the same files are neither compiled nor looked up again.
    private void republish() {
        try {
            List<RuleFile> files = sources.read();
            if (!RulePublisher.version(files).equals(offered)) {
                report(publisher.publish(files));
            }
        } catch (UncheckedIOException | IllegalStateException | KafkaException | RegistryException failure) {
            LOG.error("rules not published, the old ones stay in force: {}", failure.getMessage());
            offer = Health.failing(String.valueOf(failure.getMessage()));
            offered = "";
        }
    }

    private void report(RulePublisher.Outcome outcome) {
        offered = outcome.version();
        switch (outcome) {
            case RulePublisher.Outcome.Published(String version, int rules, var warnings) -> {
                LOG.info(
                        "{} rules published, version {}, {} warnings",
                        rules,
                        version.substring(0, 12),
                        warnings.size());
                offer = Health.fine(rules + " rules published");
            }
            case RulePublisher.Outcome.Unchanged(String version, int rules) -> {
                LOG.debug("rules unchanged, version {}", version);
                offer = Health.fine(rules + " rules published");
            }
            case RulePublisher.Outcome.Refused(String version, var errors) -> {
                String texts = errors.stream().map(Diagnostic::text).collect(Collectors.joining("\n"));
                LOG.error("rules refused with {} errors, the old ones stay in force:\n{}", errors.size(), texts);
                offer = Health.failing(errors.size() + " errors in the rule files; the rules published before stay");
            }
        }
    }
}
