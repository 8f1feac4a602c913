package dev.tiercel.cli.up;

import dev.tiercel.enricher.EnricherConfig;
import dev.tiercel.enricher.SourceAddress;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// The sources of events beside system calls.
public final class SourceOptions {
    @Option(
            names = "--source",
            paramLabel = "KIND=ADDRESS",
            converter = Address.class,
            description = {
                "Bring the events of a source onto its topic; repeatable. Kinds: k8s-audit, cloudtrail, okta, github,"
                        + " gcp-audit, json. Addresses: :PORT or HOST:PORT to listen on, a file or directory, or a URI"
                        + " (s3://…, sqs://…, https://…, kafka://TOPIC).",
                "Example: --source k8s-audit=:9765 --source cloudtrail=/var/log/trail"
            })
    private List<SourceAddress> sources = List.of();

    /// The configuration with these sources after its own.
    public EnricherConfig added(EnricherConfig config) {
        List<SourceAddress> all = new ArrayList<>(config.sources());
        all.addAll(sources);
        return config.withSources(all);
    }

    /// The topics that an enricher of these sources writes: none if there are no sources.
    public static List<Topic> topics(EnricherConfig config) {
        if (config.sources().isEmpty()) return List.of();
        Stream<Topic> events = config.sources().stream()
                .map(source -> Topics.bySource().get(source.kind().eventSource()));
        return Stream.concat(events, Stream.of(Topics.SOURCES_PROGRESS, Topics.DEAD_LETTERS))
                .distinct()
                .toList();
    }

    /// Whether a topic is only used if there are sources.
    public static boolean onlyOfSources(Topic topic) {
        return topic.equals(Topics.SOURCES_PROGRESS)
                || (Topics.bySource().containsValue(topic) && !topic.equals(Topics.EVENTS_SYSCALL));
    }

    private static final class Address implements ITypeConverter<SourceAddress> {
        @Override
        public SourceAddress convert(String text) {
            try {
                return SourceAddress.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }
}
