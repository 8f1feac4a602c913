package dev.tiercel.enricher;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The kinds of sources.
public enum SourceKind {
    K8S_AUDIT("k8s-audit", "k8s_audit"),
    CLOUDTRAIL("cloudtrail", "aws_cloudtrail"),
    OKTA("okta", "okta"),
    GITHUB("github", "github"),
    GCP_AUDIT("gcp-audit", "gcp_auditlog"),
    JSON("json", "json");

    private final String label;
    private final String eventSource;

    SourceKind(String label, String eventSource) {
        this.label = label;
        this.eventSource = eventSource;
    }

    /// As users write it: `k8s-audit`.
    public String label() {
        return label;
    }

    /// Event source of its events, as rules name it: `k8s_audit`.
    public String eventSource() {
        return eventSource;
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
