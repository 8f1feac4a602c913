package dev.tiercel.cli.up;

import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.collector.CollectorConfig;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.detector.RuleSources;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.Settings;
import dev.tiercel.sinks.AlertLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/// What `up` will start, decided before anything starts.
///
/// @param settings the effective settings and their sources, as text
record UpPlan(Apps apps, Map<String, String> kafka, RuleSources rules, Where where, String settings) {
    UpPlan {
        kafka = Map.copyOf(kafka);
    }

    /// Configuration of each app.
    ///
    /// @param collector takes the address of the broker, which is known only once it runs
    record Apps(Function<String, CollectorConfig> collector, DetectorConfig detector, HealthConfig health) {}

    /// Reads the plan from the options; the detector keeps its state under `directory`.
    ///
    /// @throws dev.tiercel.service.SettingsException naming every invalid setting
    static UpPlan of(SettingsOptions options, Path directory, RuleSources rules, Where where) {
        Settings read = options.read(
                Map.of(
                        "detector.state-dir", directory.resolve("detector").toString(),
                        "collector.state-dir", directory.resolve("collector").toString()),
                "registry.");
        CollectorConfig.from(read);
        Function<String, CollectorConfig> collector = bootstrap -> CollectorConfig.from(options.read(Map.of(
                "kafka.bootstrap.servers",
                bootstrap,
                "collector.state-dir",
                directory.resolve("collector").toString())));
        Apps apps = new Apps(collector, DetectorConfig.from(read), HealthConfig.from(read));
        Map<String, String> kafka = read.kafka();
        read.requireValid();
        return new UpPlan(apps, kafka, rules, where, read.describe());
    }

    /// Addresses, input and output.
    ///
    /// @param port      Kafka's; empty: the default, or any free port
    /// @param registryPort the schema registry's; empty: the default, or any free port
    /// @param recording read instead of the kernel
    record Where(OptionalInt port, OptionalInt registryPort, Optional<Path> recording, AlertLine line) {}

    /// Compiles the user's rules, so that mistakes show before anything starts; the default rules are known to compile.
    ///
    /// @return the errors; empty if the rules compile
    List<Diagnostic> ruleErrors() {
        if (rules.paths().isEmpty()) return List.of();
        return RuleCompiler.compile(rules.read(), detector().judging().compileOptions())
                .diagnostics(Severity.ERROR);
    }

    /// @param bootstrapServers where the broker listens
    CollectorConfig collector(String bootstrapServers) {
        return apps.collector().apply(bootstrapServers);
    }

    DetectorConfig detector() {
        return apps.detector();
    }

    HealthConfig health() {
        return apps.health();
    }

    OptionalInt port() {
        return where.port();
    }

    OptionalInt registryPort() {
        return where.registryPort();
    }

    Optional<Path> recording() {
        return where.recording();
    }

    AlertLine line() {
        return where.line();
    }
}
