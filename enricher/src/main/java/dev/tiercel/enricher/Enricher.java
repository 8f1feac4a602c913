package dev.tiercel.enricher;

import dev.tiercel.enricher.feeds.FeedWatcher;
import dev.tiercel.enricher.kubernetes.ClusterWatcher;
import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.Metrics;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All sources of one process and the publisher they share, its lists of indicators and the cluster that it watches.
public final class Enricher implements Component {
    private final Publisher publisher;
    private final List<Source> sources;
    private final FeedWatcher feeds;
    private final List<ClusterWatcher> watchers;
    private final String described;

    /// @param kafka settings of Kafka's clients
    /// @throws IllegalArgumentException if a source's address cannot be read from, or the kubeconfig not at all,
    /// with a message for users
    public Enricher(EnricherConfig config, Map<String, String> kafka, SchemaRegistry registry, Metrics metrics) {
        publisher = new Publisher(config.publisher(), kafka, registry, metrics);
        Sources kinds = new Sources(config, kafka, publisher, metrics);
        sources = config.sources().stream().map(kinds::of).toList();
        watchers = config.kubernetes().watches()
                ? List.of(new ClusterWatcher(config.kubernetes(), kafka, registry, metrics))
                : List.of();
        feeds = new FeedWatcher(config.feeds(), kafka, registry, metrics);
        described = Stream.of(
                        sources.stream().map(Source::name),
                        config.feeds().addresses().stream().map(feed -> "feed " + feed),
                        watchers.stream().map(ClusterWatcher::name))
                .flatMap(names -> names)
                .collect(Collectors.joining(", "));
    }

    @Override
    public String name() {
        return "enricher";
    }

    @Override
    public void onFailure(Consumer<Throwable> listener) {
        publisher.onFailure(listener);
        sources.forEach(source -> source.onFailure(listener));
        feeds.onFailure(listener);
        watchers.forEach(watcher -> watcher.onFailure(listener));
    }

    @Override
    public void start() {
        feeds.start();
        watchers.forEach(ClusterWatcher::start);
        if (sources.isEmpty()) return;
        publisher.start();
        sources.forEach(Source::start);
    }

    List<Source> sources() {
        return sources;
    }

    /// What is read, for people: the names of the sources and lists, and the cluster.
    public String describe() {
        return described;
    }

    @Override
    public Health check() {
        Health health = feeds.check();
        if (!sources.isEmpty()) health = health.and(publisher.check());
        for (Source source : sources) {
            health = health.and(source.check());
        }
        for (ClusterWatcher watcher : watchers) {
            health = health.and(watcher.check());
        }
        return health;
    }

    /// Sources first: what they have handed over is still published, what comes later is refused.
    @Override
    public void close() {
        watchers.forEach(ClusterWatcher::close);
        sources.reversed().forEach(Source::close);
        publisher.close();
        feeds.close();
    }
}
