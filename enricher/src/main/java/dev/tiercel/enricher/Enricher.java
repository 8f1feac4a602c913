package dev.tiercel.enricher;

import dev.tiercel.enricher.source.Publisher;
import dev.tiercel.enricher.source.Source;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.service.Component;
import dev.tiercel.service.Health;
import dev.tiercel.service.Metrics;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// All sources of one process and the publisher they share.
public final class Enricher implements Component {
    private final Publisher publisher;
    private final List<Source> sources;

    /// @param kafka settings of Kafka's clients
    /// @throws IllegalArgumentException if a source's address cannot be read from, with a message for users
    public Enricher(EnricherConfig config, Map<String, String> kafka, SchemaRegistry registry, Metrics metrics) {
        publisher = new Publisher(config.publisher(), kafka, registry, metrics);
        Sources kinds = new Sources(config, kafka, publisher, metrics);
        sources = config.sources().stream().map(kinds::of).toList();
    }

    @Override
    public String name() {
        return "enricher";
    }

    @Override
    public void onFailure(Consumer<Throwable> listener) {
        publisher.onFailure(listener);
        sources.forEach(source -> source.onFailure(listener));
    }

    @Override
    public void start() {
        publisher.start();
        sources.forEach(Source::start);
    }

    List<Source> sources() {
        return sources;
    }

    /// What is read, for people: the names of the sources.
    public String describe() {
        return String.join(", ", sources.stream().map(Source::name).toList());
    }

    @Override
    public Health check() {
        Health health = publisher.check();
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
    }
}
