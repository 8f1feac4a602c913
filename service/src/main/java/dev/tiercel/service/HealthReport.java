package dev.tiercel.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The health of every component at one moment.
record HealthReport(Map<String, Health> components) {
    static HealthReport of(List<Component> components) {
        Map<String, Health> found = new LinkedHashMap<>();
        components.forEach(component -> found.put(component.name(), check(component)));
        return new HealthReport(found);
    }

    boolean healthy() {
        return components.values().stream().allMatch(Health::healthy);
    }

    /// `{"status":"ok","components":{"collector":{"status":"ok","detail":"…"}}}`; `status` as in Falco's `/healthz`.
    String json() {
        return components.entrySet().stream()
                .map(entry -> "%s:{\"status\":%s,\"detail\":%s}"
                        .formatted(
                                quoted(entry.getKey()),
                                status(entry.getValue().healthy()),
                                quoted(entry.getValue().detail())))
                .collect(Collectors.joining(",", "{\"status\":" + status(healthy()) + ",\"components\":{", "}}\n"));
    }

    private static Health check(Component component) {
        try {
            return component.check();
        } catch (RuntimeException failure) {
            return Health.failing("check failed: " + failure);
        }
    }

    private static String status(boolean healthy) {
        return healthy ? "\"ok\"" : "\"failing\"";
    }

    /// A string of JSON.
    static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c < 0x20) {
                out.append("\\u%04x".formatted(c));
            } else {
                out.append((char) c);
            }
        });
        return out.append('"').toString();
    }
}
