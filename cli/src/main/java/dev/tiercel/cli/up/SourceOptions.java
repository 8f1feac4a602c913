package dev.tiercel.cli.up;

import dev.tiercel.enricher.EnricherConfig;
import dev.tiercel.enricher.SourceAddress;
import dev.tiercel.enricher.feeds.FeedAddress;
import dev.tiercel.enricher.kubernetes.KubernetesConfig;
import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
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
                        + " (s3://…, sqs://…, https://…, pubsub://…, kafka://TOPIC).",
                "Example: --source k8s-audit=:9765 --source cloudtrail=/var/log/trail"
            })
    private List<SourceAddress> sources = List.of();

    @Option(
            names = "--feed",
            paramLabel = "NAME=ADDRESS",
            converter = ListAddress.class,
            description =
                    "Bring a list of indicators, a file or an http(s) URL, for conditions with feed:NAME; repeatable.")
    private List<FeedAddress> feeds = List.of();

    @Option(
            names = "--kubernetes",
            paramLabel = "NAME[=KUBECONFIG]",
            description =
                    "Watch a Kubernetes cluster, and call it NAME: system calls in its pods have the fields k8smeta.* and"
                            + " k8s.*. Without KUBECONFIG as kubectl finds it, or the pod's service account.")
    private @Nullable String kubernetes;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /// The configuration with these sources and lists after its own, and this cluster in place of its own.
    public EnricherConfig added(EnricherConfig config) {
        List<SourceAddress> all = new ArrayList<>(config.sources());
        all.addAll(sources);
        List<FeedAddress> lists = new ArrayList<>(config.feeds().addresses());
        lists.addAll(feeds);
        EnricherConfig added = config.with(all, config.feeds().withAddresses(lists));
        return kubernetes == null ? added : added.with(watching(config.kubernetes(), kubernetes));
    }

    private KubernetesConfig watching(KubernetesConfig config, String cluster) {
        try {
            return config.watching(cluster);
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '--kubernetes': " + wrong.getMessage(), wrong);
        }
    }

    /// The topics that an enricher with this configuration writes.
    public static List<Topic> topics(EnricherConfig config) {
        List<Topic> topics = new ArrayList<>();
        config.sources()
                .forEach(
                        source -> topics.add(Topics.bySource().get(source.kind().eventSource())));
        if (!topics.isEmpty()) topics.addAll(List.of(Topics.SOURCES_PROGRESS, Topics.DEAD_LETTERS));
        if (!config.feeds().addresses().isEmpty()) topics.add(Topics.CONTEXT_FEEDS);
        if (config.kubernetes().watches()) topics.add(Topics.CONTEXT_KUBERNETES);
        return topics.stream().distinct().toList();
    }

    /// Whether a topic is only used if there are sources.
    public static boolean onlyOfSources(Topic topic) {
        return topic.equals(Topics.SOURCES_PROGRESS)
                || (Topics.bySource().containsValue(topic) && !topic.equals(Topics.EVENTS_SYSCALL));
    }

    private static final class ListAddress implements ITypeConverter<FeedAddress> {
        @Override
        public FeedAddress convert(String text) {
            try {
                return FeedAddress.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
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
