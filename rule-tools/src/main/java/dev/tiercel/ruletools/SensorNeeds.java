package dev.tiercel.ruletools;

import dev.tiercel.fields.FieldReference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a sensor must collect for fields to have values, besides the events themselves.
final class SensorNeeds {

    /// By prefix of field names; the first match counts.
    private static final Map<String, String> NEEDS = new LinkedHashMap<>();

    static {
        NEEDS.put("evt.arg", "arguments of the call");
        NEEDS.put("evt.rawarg", "arguments of the call");
        NEEDS.put("evt.", "");
        NEEDS.put("fd.", "the descriptor: path or both ends");
        NEEDS.put("fs.path", "paths that the call acts on");
        NEEDS.put("proc.env", "environment of the process");
        NEEDS.put("proc.aenv", "environment of the process and its ancestors");
        NEEDS.put("proc.args", "command line of the process");
        NEEDS.put("proc.a", "ancestors of the process");
        NEEDS.put("proc.pid", "the process");
        NEEDS.put("proc.p", "ancestors of the process");
        NEEDS.put("proc.sid", "the process");
        NEEDS.put("proc.sname", "ancestors of the process");
        NEEDS.put("proc.cmd", "command line of the process");
        NEEDS.put("proc.", "the process");
        NEEDS.put("thread.", "the process");
        NEEDS.put("user.", "names of users");
        NEEDS.put("group.", "names of groups");
        NEEDS.put("container.", "metadata of containers");
        NEEDS.put("k8s.", "metadata of Kubernetes, from the container runtime");
        NEEDS.put("k8smeta.", "metadata of Kubernetes, from the API server");
        NEEDS.put("ka.", "audit log of Kubernetes");
        NEEDS.put("ct.", "log of AWS CloudTrail");
        NEEDS.put("gcp.", "audit log of Google Cloud");
        NEEDS.put("okta.", "log of Okta");
        NEEDS.put("github.", "log of GitHub");
        NEEDS.put("j", "the event as JSON");
    }

    private SensorNeeds() {}

    /// In words, without duplicates, from the event outwards.
    static List<String> of(Collection<FieldReference> fields) {
        List<String> needed = fields.stream()
                .map(field -> need(field.field().name()))
                .distinct()
                .toList();
        return NEEDS.values().stream()
                .distinct()
                .filter(need -> !need.isEmpty() && needed.contains(need))
                .toList();
    }

    private static String need(String field) {
        return NEEDS.entrySet().stream()
                .filter(entry -> field.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
