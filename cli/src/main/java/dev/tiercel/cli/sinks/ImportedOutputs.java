package dev.tiercel.cli.sinks;

import dev.tiercel.rules.source.ProblemException;
import dev.tiercel.rules.source.SourceFile;
import dev.tiercel.rules.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Outputs of Falco's or falcosidekick's configuration, as outputs and routes of a sinks file.
///
/// Secrets are not copied: the variable is named that falcosidekick reads for the same key, `SLACK_WEBHOOKURL`.
///
/// Source: Falco 0.44 `falco.yaml`; falcosidekick 2.31 `config_example.yaml`.
final class ImportedOutputs {
    private final Map<String, Map<String, String>> outputs = new LinkedHashMap<>();
    private final Map<String, String> priorities = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    private ImportedOutputs() {}

    /// Reads a configuration.
    ///
    /// @throws ProblemException if it is not YAML
    static ImportedOutputs of(String name, String content) throws ProblemException {
        ImportedOutputs imported = new ImportedOutputs();
        for (Yaml document : Yaml.parse(SourceFile.of(name, content))) {
            if (!(document instanceof Yaml.Mapping all)) continue;
            for (Yaml.Entry entry : all.entries()) {
                if (entry.value() instanceof Yaml.Mapping section) {
                    imported.section(entry.key().value(), new Keys(entry.key().value(), section));
                }
            }
        }
        return imported;
    }

    /// The keys of one output there.
    private record Keys(String section, Yaml.Mapping mapping) {
        String get(String key) {
            return mapping.get(key) instanceof Yaml.Scalar scalar && !scalar.isNull() ? scalar.value() : "";
        }

        boolean has(String key) {
            return !get(key).isEmpty();
        }

        boolean isTrue(String key) {
            return get(key).equals("true");
        }

        /// Reference to the variable that falcosidekick reads.
        String secret(String key) {
            return "{env: " + section.toUpperCase(Locale.ROOT) + "_" + key.toUpperCase(Locale.ROOT) + "}";
        }

        /// Keys beside these that say something.
        TreeSet<String> others(List<String> known) {
            TreeSet<String> others = new TreeSet<>();
            for (Yaml.Entry entry : mapping.entries()) {
                boolean says = !(entry.value() instanceof Yaml.Scalar scalar)
                        || !(scalar.isNull()
                                || scalar.value().isEmpty()
                                || scalar.value().equals("false"));
                if (says && !known.contains(entry.key().value()))
                    others.add(entry.key().value());
            }
            return others;
        }
    }

    private void section(String name, Keys keys) {
        if (name.endsWith("_output")) {
            falco(name, keys);
        } else {
            sidekick(name, keys);
        }
    }

    private void falco(String name, Keys keys) {
        if (!keys.isTrue("enabled")) return;
        switch (name) {
            case "stdout_output" -> add("stdout", "stdout", Map.of("format", "text"), keys, List.of("enabled"));
            case "syslog_output" ->
                add(
                        "syslog",
                        "syslog",
                        Map.of("address", "\"udp://127.0.0.1:514\"", "format", "text"),
                        keys,
                        List.of("enabled"));
            case "file_output" ->
                add(
                        "file",
                        "file",
                        Map.of("path", quoted(keys.get("filename"))),
                        keys,
                        List.of("enabled", "keep_alive", "filename"));
            case "program_output" ->
                add(
                        "program",
                        "program",
                        Map.of("command", "[/bin/sh, -c, " + quoted(keys.get("program")) + "]"),
                        keys,
                        List.of("enabled", "keep_alive", "program"));
            case "http_output" -> http(keys);
            default -> notes.add(name + " has no equivalent");
        }
    }

    private void http(Keys keys) {
        Map<String, String> output = new LinkedHashMap<>();
        output.put("url", quoted(keys.get("url")));
        List<String> tls = new ArrayList<>();
        if (keys.has("ca_cert")) tls.add("authority-file: " + quoted(keys.get("ca_cert")));
        if (keys.isTrue("mtls")) {
            tls.add("certificate-file: " + quoted(keys.get("client_cert")));
            tls.add("key-file: " + quoted(keys.get("client_key")));
        }
        if (!tls.isEmpty()) output.put("tls", "{" + String.join(", ", tls) + "}");
        if (keys.isTrue("insecure"))
            notes.add(
                    "http_output.insecure: certificates are always verified; name the authority in tls.authority-file");
        add(
                "http",
                "falco",
                output,
                keys,
                List.of(
                        "enabled",
                        "url",
                        "ca_cert",
                        "mtls",
                        "client_cert",
                        "client_key",
                        "insecure",
                        "keep_alive",
                        "user_agent",
                        "max_consecutive_timeouts"));
    }

    private void sidekick(String name, Keys keys) {
        switch (name) {
            case "slack", "teams", "discord" -> secretAddress(name, keys, "webhookurl", "url");
            case "pagerduty" -> secretAddress(name, keys, "routingkey", "routing-key");
            case "opsgenie" -> secretAddress(name, keys, "apikey", "api-key");
            case "alertmanager", "loki", "elasticsearch" -> host(name, keys);
            case "webhook", "cloudevents" -> address(name, keys);
            case "syslog" -> syslog(keys);
            default -> {
                if (isInUse(keys)) notes.add(name + " has no equivalent yet");
            }
        }
    }

    /// Falcosidekick uses an output if its address or secret is there.
    private static boolean isInUse(Keys keys) {
        for (String key : keys.others(List.of())) {
            if (key.matches(".*(url|hostport|address|host|token|apikey|bucket|topic).*") && keys.has(key)) return true;
        }
        return false;
    }

    private void secretAddress(String name, Keys keys, String from, String to) {
        if (!keys.has(from)) return;
        Map<String, String> output = new LinkedHashMap<>();
        output.put(to, keys.secret(from));
        if (keys.get("region").equalsIgnoreCase("eu")) {
            output.put(
                    "url",
                    name.equals("opsgenie")
                            ? "\"https://api.eu.opsgenie.com\""
                            : "\"https://events.eu.pagerduty.com\"");
        }
        add(name, name, output, keys, List.of(from, "region", "minimumpriority"));
    }

    private void host(String name, Keys keys) {
        if (!keys.has("hostport")) return;
        Map<String, String> output = new LinkedHashMap<>();
        output.put("url", quoted(keys.get("hostport")));
        if (keys.has("index")) output.put("index", quoted(keys.get("index")));
        if (keys.has("tenant")) output.put("headers", "{X-Scope-OrgID: " + quoted(keys.get("tenant")) + "}");
        if (keys.has("password") || keys.has("apikey")) {
            notes.add(name + ": give the login as header Authorization, {file: …} or {env: …}");
        }
        add(
                name,
                name,
                output,
                keys,
                List.of("hostport", "index", "tenant", "username", "password", "apikey", "minimumpriority"));
    }

    private void address(String name, Keys keys) {
        if (!keys.has("address")) return;
        Map<String, String> output = new LinkedHashMap<>();
        output.put("url", keys.secret("address"));
        if (keys.has("method")) output.put("method", keys.get("method"));
        String type = name.equals("webhook") ? "falco" : name;
        add(name, type, output, keys, List.of("address", "method", "minimumpriority"));
    }

    private void syslog(Keys keys) {
        if (!keys.has("host")) return;
        String scheme = keys.get("protocol").equals("tcp") ? "tcp" : "udp";
        String port = keys.has("port") ? ":" + keys.get("port") : "";
        Map<String, String> output = new LinkedHashMap<>();
        output.put("address", quoted(scheme + "://" + keys.get("host") + port));
        add("syslog", "syslog", output, keys, List.of("host", "port", "protocol", "format", "minimumpriority"));
    }

    private void add(String name, String type, Map<String, String> keys, Keys from, List<String> known) {
        Map<String, String> output = new LinkedHashMap<>();
        output.put("type", type);
        output.putAll(new TreeMap<>(keys));
        outputs.put(name, output);
        if (from.has("minimumpriority"))
            priorities.put(name, from.get("minimumpriority").toLowerCase(Locale.ROOT));
        from.others(known).forEach(key -> notes.add(from.section() + "." + key + " has no equivalent"));
    }

    /// In double quotes, as YAML has them.
    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /// What was left out, and why.
    List<String> notes() {
        return notes;
    }

    /// Whether there is any output.
    boolean isEmpty() {
        return outputs.isEmpty();
    }

    /// The sinks file.
    String yaml() {
        StringBuilder yaml = new StringBuilder("outputs:\n");
        outputs.forEach((name, keys) -> {
            yaml.append("  - {name: ").append(name);
            keys.forEach(
                    (key, value) -> yaml.append(", ").append(key).append(": ").append(value));
            yaml.append("}\n");
        });
        if (priorities.isEmpty()) return yaml.toString();
        yaml.append("\nroutes:\n");
        for (String name : outputs.keySet()) {
            yaml.append("  - {to: ").append(name);
            if (priorities.containsKey(name)) yaml.append(", priority: ").append(priorities.get(name));
            yaml.append(", continue: true}\n");
        }
        return yaml.toString();
    }
}
