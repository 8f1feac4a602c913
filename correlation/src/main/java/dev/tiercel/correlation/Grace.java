package dev.tiercel.correlation;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// How much later than newer events of its source an event may arrive and still count. Immutable.
public final class Grace {
    private static final Duration OTHERS = Duration.ofMinutes(1);
    private static final Map<String, Duration> DEFAULTS = Map.of(
            "syscall", Duration.ofSeconds(5),
            "k8s_audit", Duration.ofSeconds(30),
            "okta", Duration.ofMinutes(5),
            "aws_cloudtrail", Duration.ofMinutes(20),
            "gcp_auditlog", Duration.ofMinutes(20));

    private final Map<String, Duration> bySource;

    private Grace(Map<String, Duration> bySource) {
        this.bySource = bySource;
    }

    /// 5 s for system calls, 30 s for Kubernetes audit logs, 5 min for Okta, 20 min for CloudTrail and Google Cloud,
    /// 1 min for all others.
    public static Grace defaults() {
        return new Grace(DEFAULTS);
    }

    /// The defaults, but for the sources of `settings`.
    public static Grace of(Map<String, Duration> settings) {
        Map<String, Duration> bySource = new HashMap<>(DEFAULTS);
        bySource.putAll(settings);
        return new Grace(bySource);
    }

    /// Of an event source.
    public Duration of(String source) {
        return bySource.getOrDefault(source, OTHERS);
    }
}
