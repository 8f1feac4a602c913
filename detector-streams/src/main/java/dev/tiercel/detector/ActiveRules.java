package dev.tiercel.detector;

import dev.tiercel.rules.Compilation;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.schemas.avro.RuleFiles;
import dev.tiercel.service.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rules in force: replaced as a whole, and only by rules that compile.
///
/// Thread-safe.
final class ActiveRules {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveRules.class);

    private final Map<String, List<String>> feeds = new HashMap<>();
    private final Set<String> versions = new HashSet<>();
    private final AtomicReference<@Nullable LoadedRules> current = new AtomicReference<>();
    private final AtomicLong swaps = new AtomicLong();
    private final AtomicLong refusals = new AtomicLong();
    private final List<Consumer<LoadedRules>> followers = new CopyOnWriteArrayList<>();

    private CompileOptions options;
    private @Nullable RuleFiles files;

    ActiveRules(CompileOptions options) {
        this.options = options;
    }

    /// Compiles `files` and activates the result; if that fails, the current rules stay in force.
    ///
    /// @return why the rules were refused; empty if they are in force
    synchronized Optional<String> offer(RuleFiles offered) {
        LoadedRules before = current.get();
        if (before != null && before.version().equals(offered.getVersion())) {
            return Optional.empty();
        }
        Compilation compilation = compile(offered);
        if (compilation.ruleSet().isEmpty()) {
            return Optional.of(refuse(offered, compilation, before));
        }
        LoadedRules next = new LoadedRules(compilation.ruleSet().get(), offered.getVersion(), published(offered));
        files = offered;
        current.set(next);
        versions.add(offered.getVersion());
        notifyAll();
        swaps.incrementAndGet();
        followers.forEach(follower -> follower.accept(next));
        announce(next, compilation, offered);
        return Optional.empty();
    }

    private Compilation compile(RuleFiles offered) {
        List<RuleFile> sources = offered.getFiles().stream()
                .map(file -> new RuleFile(file.getName(), file.getContent()))
                .toList();
        return RuleCompiler.compile(sources, options);
    }

    /// Replaces the items of a feed. The rules in force are compiled with them if any file names the feed; they
    /// stay the same rules, of the same version.
    ///
    /// @param items null: there is no such feed any more
    synchronized void feed(String name, @Nullable List<String> items) {
        if (items == null) {
            feeds.remove(name);
        } else {
            feeds.put(name, items);
        }
        options = options.withFeeds(feeds);
        RuleFiles inForce = files;
        if (inForce == null || !names(inForce, name)) return;
        Optional<RuleSet> rules = compile(inForce).ruleSet();
        if (rules.isPresent()) {
            current.set(new LoadedRules(rules.get(), inForce.getVersion(), published(inForce)));
            LOG.info("feed {} has {} items", PlainText.line(name), items == null ? 0 : items.size());
        }
    }

    private static boolean names(RuleFiles files, String feed) {
        return files.getFiles().stream().anyMatch(file -> file.getContent().contains("feed:" + feed));
    }

    /// As [#offer], unless rules are in force; returns whether `files` are, now.
    synchronized boolean offerIfNone(RuleFiles files) {
        return current.get() == null && offer(files).isEmpty();
    }

    /// The rules in force; null if none have been loaded yet.
    @Nullable
    LoadedRules current() {
        return current.get();
    }

    /// Waits until the rules of `version` are in force, or have been since the start; false: not within `limit`.
    synchronized boolean await(String version, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            while (!versions.contains(version)) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) return false;
                wait(left);
            }
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Calls `follower` each time rules are activated, in the thread that offers them.
    void onLoad(Consumer<LoadedRules> follower) {
        followers.add(follower);
    }

    /// Number of times rules were activated.
    long swaps() {
        return swaps.get();
    }

    /// Number of times rules were refused.
    long refusals() {
        return refusals.get();
    }

    private String refuse(RuleFiles files, Compilation compilation, @Nullable LoadedRules kept) {
        refusals.incrementAndGet();
        List<Diagnostic> errors = compilation.diagnostics(Severity.ERROR);
        String reasons = errors.stream().map(Diagnostic::text).collect(Collectors.joining("\n"));
        LOG.error(
                "rules {} from {} refused with {} errors; {}\n{}",
                shortened(files.getVersion()),
                PlainText.line(files.getPublisher()),
                errors.size(),
                kept == null ? "no rules are in force" : "rules " + shortened(kept.version()) + " stay in force",
                reasons);
        return reasons;
    }

    private static void announce(LoadedRules next, Compilation compilation, RuleFiles files) {
        LOG.info(
                "rules {} in force: {} rules from {} files, {} warnings",
                shortened(next.version()),
                next.ruleSet().rules().size(),
                files.getFiles().size(),
                compilation.diagnostics(Severity.WARNING).size());
        compilation.diagnostics(Severity.WARNING).forEach(warning -> LOG.debug("{}", warning.summary()));
        compilation.diagnostics(Severity.NOTE).stream()
                .filter(note -> note.code() == Code.RULE_HIDDEN)
                .forEach(hidden -> LOG.warn("{}", hidden.summary()));
    }

    private static Instant published(RuleFiles files) {
        return Instant.EPOCH.plusNanos(files.getPublishedAt());
    }

    private static String shortened(String version) {
        return PlainText.line(version.length() > 12 ? version.substring(0, 12) : version);
    }
}
