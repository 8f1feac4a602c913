package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.EnvironmentException;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.output.Json;
import dev.tiercel.cli.output.PrintOptions;
import dev.tiercel.cli.settings.AccessHint;
import dev.tiercel.cli.settings.BrokerOption;
import dev.tiercel.cli.settings.RegistryOption;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.detector.publication.RuleStatuses;
import dev.tiercel.registry.RestRegistry;
import dev.tiercel.registry.RestRegistryConfig;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.schemas.avro.RuleFiles;
import dev.tiercel.schemas.avro.RuleStatus;
import dev.tiercel.service.PlainText;
import dev.tiercel.service.Settings;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Shows which rules each instance of the detector runs.
@Command(
        name = "status",
        description = {
            "Show which rules are published, which ones each instance of the detector runs, since when, and what it refused.",
            "Exits 1 if an instance does not run the published rules. Instances are forgotten a day after they end."
        })
final class RulesStatusCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerOption broker = new BrokerOption();

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Mixin
    private PrintOptions print = new PrintOptions();

    @Override
    public Integer call() {
        Settings read = broker.settings(settings, "health.");
        Map<String, String> kafka = read.kafka();
        RestRegistryConfig config = registry.config(read);
        read.requireValid();
        RuleStatuses statuses = read(kafka, config);
        String published = statuses.published().map(RuleFiles::getVersion).orElse("");
        PrintWriter out = spec.commandLine().getOut();
        if (!print.json()) {
            out.println(statuses.published().map(RulesStatusCommand::published).orElse("no rules are published"));
        }
        for (RuleStatus status : statuses.instances()) {
            out.println(print.json() ? json(status, published) : text(status, published));
        }
        boolean same = statuses.instances().stream()
                .allMatch(status -> status.getVersion().equals(published));
        return (same ? ExitCode.SUCCESS : ExitCode.CHECK_FAILED).number();
    }

    private static RuleStatuses read(Map<String, String> kafka, RestRegistryConfig config) {
        try (SchemaRegistry schemas = RestRegistry.open(config)) {
            return RuleStatuses.read(kafka, schemas);
        } catch (KafkaException failure) {
            throw new EnvironmentException(
                    "no answer from Kafka at %s about the rules: %s; %s"
                            .formatted(
                                    kafka.get("bootstrap.servers"),
                                    failure.getMessage(),
                                    AccessHint.of(kafka, failure)),
                    failure);
        }
    }

    private static String published(RuleFiles files) {
        return "published: %s by %s at %s"
                .formatted(shortened(files.getVersion()), line(files.getPublisher()), time(files.getPublishedAt()));
    }

    private static String text(RuleStatus status, String published) {
        String current = status.getVersion().isEmpty()
                ? "no rules in force"
                : "%s, %d rules, since %s%s"
                        .formatted(
                                shortened(status.getVersion()),
                                status.getRules(),
                                time(status.getSince()),
                                status.getVersion().equals(published) ? "" : ", not those published");
        String refused = status.getRefusedAt() == 0
                ? ""
                : "%n  refused %s by %s at %s:%n    %s"
                        .formatted(
                                shortened(status.getRefusedVersion()),
                                line(status.getRefusedPublisher()),
                                time(status.getRefusedAt()),
                                PlainText.lines(status.getRefusedBecause()).replace("\n", "\n    "));
        return "%s/%s on %s: %s (seen %s)%s"
                .formatted(
                        line(status.getApplication()),
                        line(status.getInstance()),
                        line(status.getHost()),
                        current,
                        time(status.getSeenAt()),
                        refused);
    }

    private static String line(String text) {
        return text.isEmpty() ? "?" : PlainText.line(text);
    }

    private static String shortened(String version) {
        return line(version.length() > 12 ? version.substring(0, 12) : version);
    }

    private static String json(RuleStatus status, String published) {
        return new Json()
                .put("application", status.getApplication())
                .put("instance", status.getInstance())
                .put("host", status.getHost())
                .put("seen", time(status.getSeenAt()))
                .put("version", status.getVersion())
                .put("rules", status.getRules())
                .put("publisher", status.getPublisher())
                .put("published", time(status.getPublishedAt()))
                .put("since", time(status.getSince()))
                .put("latest", status.getVersion().equals(published))
                .put("refused_version", status.getRefusedVersion())
                .put("refused_publisher", status.getRefusedPublisher())
                .put("refused", time(status.getRefusedAt()))
                .put("refused_because", status.getRefusedBecause())
                .line();
    }

    /// To the second, UTC; empty: unknown.
    private static String time(long nanos) {
        return nanos == 0
                ? ""
                : Instant.EPOCH.plusNanos(nanos).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
