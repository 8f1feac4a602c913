package dev.tiercel.detector.publication;

import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.RegistryException;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.PlainCause;
import dev.tiercel.service.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Publishes rules at start and whenever one of their files changes.
///
/// Errors in rules are logged with their positions; the rules published before stay in force. So they do while a file
/// cannot be read or the brokers are away; then it tries again until the change is published. Files are also looked at
/// every ten seconds: file systems of other machines report no changes.
public final class RuleWatcher implements Component {
    private static final Logger LOG = LoggerFactory.getLogger(RuleWatcher.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    /// How long a file that was published must be away before the rules are published without it.
    private static final Duration MISSED = Duration.ofSeconds(1);

    /// A directory that never comes to rest is taken as it is after so many looks.
    private static final int MOST_LOOKS = 10;

    private final RuleSources sources;
    private final RulePublisher publisher;
    private final Worker worker = new Worker("rule-watcher", Duration.ofSeconds(1));
    private final PublicationHealth health = new PublicationHealth();
    private Set<String> lastNames = Set.of();
    private String lastVersion = "";
    private @Nullable PathWatch watch;

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
        PathWatch opened = open();
        opened.follow(sources.watched());
        List<RuleFile> files = sources.read();
        RulePublisher.Outcome outcome = publisher.publish(files);
        if (outcome instanceof RulePublisher.Outcome.Refused refused) {
            throw new RulesRefusedException(refused.errors()); // reported by the caller
        }
        report(outcome, files);
        worker.start(() -> follow(opened));
    }

    @Override
    public Health check() {
        return worker.check().and(health.check());
    }

    @Override
    public void close() {
        worker.close();
        try {
            if (watch != null) {
                watch.close();
            }
        } catch (IOException failure) {
            LOG.warn("cannot close the watch on the rule files: {}", PlainCause.of(failure));
        }
        publisher.close();
    }

    private PathWatch open() {
        try {
            PathWatch opened = new PathWatch();
            watch = opened;
            return opened;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot watch the rule files: " + PlainCause.of(failure), failure);
        }
    }

    private void follow(PathWatch paths) throws InterruptedException {
        while (true) {
            paths.await(lastVersion.isEmpty() ? TRY_AGAIN : LOOK_AGAIN);
            republish(paths);
        }
    }

    /// Unchanged files are neither compiled nor looked up again.
    private void republish(PathWatch paths) throws InterruptedException {
        try {
            List<RuleFile> files = settled(paths);
            if (!RulePublisher.version(files).equals(lastVersion)) {
                health.changed();
                report(publisher.publish(files), files);
            }
        } catch (UncheckedIOException | IllegalStateException | KafkaException | RegistryException failure) {
            lastVersion = "";
            String cause = String.valueOf(failure.getMessage());
            if (health.failed(cause)) {
                LOG.error("cannot publish the rules; the old ones stay in force: {}", cause);
            }
        }
    }

    /// The files; if one is gone, as they are a moment later, since some editors delete a file before they write it.
    private List<RuleFile> settled(PathWatch paths) throws InterruptedException {
        boolean changing = true;
        for (int i = 0; i < MOST_LOOKS && changing && isMissed(paths); i++) {
            changing = paths.await(MISSED);
        }
        return sources.read();
    }

    private boolean isMissed(PathWatch paths) {
        try {
            paths.follow(sources.watched());
            return !names(sources.read()).containsAll(lastNames);
        } catch (UncheckedIOException unreadable) {
            return true;
        }
    }

    private static Set<String> names(List<RuleFile> files) {
        return files.stream().map(RuleFile::name).collect(Collectors.toCollection(HashSet::new));
    }

    private void report(RulePublisher.Outcome outcome, List<RuleFile> files) {
        lastVersion = outcome.version();
        lastNames = names(files);
        switch (outcome) {
            case RulePublisher.Outcome.Published(String version, int rules, var warnings) -> {
                LOG.info(
                        "published {} rules, version {}, {} warnings",
                        rules,
                        version.substring(0, 12),
                        warnings.size());
                health.published(rules);
            }
            case RulePublisher.Outcome.Unchanged(String version, int rules) -> {
                LOG.debug("rules unchanged, version {}", version);
                health.published(rules);
            }
            case RulePublisher.Outcome.Refused(String version, var errors) -> {
                String texts = errors.stream().map(Diagnostic::text).collect(Collectors.joining("\n"));
                LOG.error("{} errors in the rule files; the old rules stay in force:\n{}", errors.size(), texts);
                health.failed(errors.size() + " errors in the rule files");
            }
        }
    }
}
