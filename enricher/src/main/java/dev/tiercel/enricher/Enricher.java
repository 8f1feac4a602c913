package dev.tiercel.enricher;

import dev.tiercel.enricher.feeds.FeedWatcher;
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

/// All sources of one process and the publisher they share, and its lists of indicators.
public final class Enricher implements Component {
    private final Publisher publisher;
    private final List<Source> sources;
    private final FeedWatcher feeds;
    private final String described;

    /// @param kafka settings of Kafka's clients
    /// @throws IllegalArgumentException if a source's address cannot be read from, with a message for users
    public Enricher(EnricherConfig config, Map<String, String> kafka, SchemaRegistry registry, Metrics metrics) {
        publisher = new Publisher(config.publisher(), kafka, registry, metrics);
        Sources kinds = new Sources(config, kafka, publisher, metrics);
        sources = config.sources().stream().map(kinds::of).toList();
        feeds = new FeedWatcher(config.feeds(), kafka, registry, metrics);
        described = Stream.concat(
                        sources.stream().map(Source::name),
                        config.feeds().addresses().stream().map(feed -> "feed " + feed))
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
    }

    @Override
    public void start() {
        feeds.start();
        if (sources.isEmpty()) return;
        publisher.start();
        sources.forEach(Source::start);
    }

    List<Source> sources() {
        return sources;
    }

    /// What is read, for people: the names of the sources and lists.
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
        return health;
    }

    /// Sources first: what they have handed over is still published, what comes later is refused.
    @Override
    public void close() {
        sources.reversed().forEach(Source::close);
        publisher.close();
        feeds.close();
    }
}
