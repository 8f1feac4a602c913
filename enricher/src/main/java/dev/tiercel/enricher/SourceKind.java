package dev.tiercel.enricher;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The kinds of sources.
public enum SourceKind {
    K8S_AUDIT("k8s-audit", "k8s_audit", "a port (:9765), pubsub://PROJECT/SUBSCRIPTION, a file or a directory"),
    CLOUDTRAIL("cloudtrail", "aws_cloudtrail", "s3://BUCKET/PREFIX, sqs://QUEUE, a file or a directory"),
    OKTA("okta", "okta", "https://HOST, a file or a directory"),
    GITHUB("github", "github", "a port (:9765), a file or a directory"),
    GCP_AUDIT("gcp-audit", "gcp_auditlog", "a port (:9765), pubsub://PROJECT/SUBSCRIPTION, a file or a directory"),
    JSON("json", "json", "a port (:9765), kafka://TOPIC, a file or a directory");

    private final String label;
    private final String eventSource;
    private final String readable;

    SourceKind(String label, String eventSource, String readable) {
        this.label = label;
        this.eventSource = eventSource;
        this.readable = readable;
    }

    /// As users write it: `k8s-audit`.
    public String label() {
        return label;
    }

    /// Event source of its events, as rules name it: `k8s_audit`.
    public String eventSource() {
        return eventSource;
    }

    /// What addresses it can read, for people.
    String readable() {
        return readable;
    }

    /// The kind called `label`.
    ///
    /// @throws IllegalArgumentException with a message for users
    static SourceKind named(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of source is called '%s': there are %s"
                        .formatted(
                                label,
                                Arrays.stream(values()).map(SourceKind::label).collect(Collectors.joining(", ")))));
    }
}
