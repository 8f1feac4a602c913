package dev.tiercel.sinks.receiver;

import dev.tiercel.sinks.yaml.Section;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The types of outputs.
public enum ReceiverType {
    STDOUT,
    FILE,
    SYSLOG,
    PROGRAM,
    WEBHOOK,
    /// falcosidekick, falco-talon and whatever else takes what Falco sends by HTTP.
    FALCO,
    CLOUDEVENTS,
    SLACK,
    TEAMS,
    DISCORD,
    PAGERDUTY,
    OPSGENIE,
    ALERTMANAGER,
    LOKI,
    ELASTICSEARCH,
    OPENSEARCH,
    SPLUNK,
    /// OpenTelemetry's logs.
    OTLP,
    /// Another cluster.
    KAFKA;

    /// The one that a sinks file calls so.
    public static Optional<ReceiverType> of(String name) {
        return Arrays.stream(values()).filter(type -> type.text().equals(name)).findFirst();
    }

    /// What a sinks file may call them.
    public static List<String> names() {
        return Arrays.stream(values()).map(ReceiverType::text).toList();
    }

    /// What a sinks file calls it.
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Reads the keys of an output of this type.
    public Receiver read(Section section) {
        return switch (this) {
            case STDOUT -> StandardOutput.read(section);
            case FILE -> FileReceiver.read(section);
            case SYSLOG -> SyslogReceiver.read(section);
            case PROGRAM -> ProgramReceiver.read(section);
            case WEBHOOK -> WebhookReceiver.read(section);
            case FALCO -> WebhookReceiver.falco(section);
            case CLOUDEVENTS -> CloudEventsReceiver.read(section);
            case SLACK -> SlackReceiver.read(section);
            case TEAMS -> TeamsReceiver.read(section);
            case DISCORD -> DiscordReceiver.read(section);
            case PAGERDUTY -> PagerDutyReceiver.read(section);
            case OPSGENIE -> OpsgenieReceiver.read(section);
            case ALERTMANAGER -> AlertmanagerReceiver.read(section);
            case LOKI -> LokiReceiver.read(section);
            case ELASTICSEARCH, OPENSEARCH -> ElasticsearchReceiver.read(section);
            case SPLUNK -> SplunkReceiver.read(section);
            case OTLP -> OtlpReceiver.read(section);
            case KAFKA -> KafkaReceiver.read(section);
        };
    }
}
