package dev.tiercel.cli;

import dev.tiercel.cli.settings.TopicsComponent;
import dev.tiercel.cli.settings.TopicsConfig;
import dev.tiercel.cli.up.SourceOptions;
import dev.tiercel.enricher.Enricher;
import dev.tiercel.enricher.EnricherConfig;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Runs only the enricher.
@Command(
        name = "enrich",
        description = {
            "Run only the enricher: bring audit logs and other JSON events onto their topics.",
            "How to connect each kind of source is in docs/sources.md."
        })
final class EnrichCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private AppOptions app = new AppOptions();

    @Mixin
    private SourceOptions sources = new SourceOptions();

    @Override
    public Integer call() {
        return app.run(settings -> {
            EnricherConfig config = sources.added(EnricherConfig.from(settings));
            Map<String, String> kafka = settings.kafka();
            TopicsConfig topicsConfig = TopicsConfig.from(settings);
            return (schemas, metrics) -> {
                requireSources(config);
                TopicsComponent topics = new TopicsComponent(topicsConfig, kafka, SourceOptions.topics(config), false);
                return List.of(topics, new Enricher(config, kafka, schemas, metrics));
            };
        });
    }

    private void requireSources(EnricherConfig config) {
        if (config.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "nothing to bring: give --source KIND=ADDRESS, --feed NAME=ADDRESS or --kubernetes NAME, or set enricher.sources, enricher.feeds or enricher.kubernetes.cluster");
        }
    }
}
