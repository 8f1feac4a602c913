package dev.tiercel.cli.up;

import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.collector.CollectorConfig;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.detector.publication.RuleSources;
import dev.tiercel.enricher.EnricherConfig;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.source.Code;
import dev.tiercel.rules.source.Severity;
import dev.tiercel.service.DiskConfig;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.Settings;
import dev.tiercel.sinks.AlertLine;
import dev.tiercel.sinks.SinksConfig;
import java.nio.file.Path;
import java.util.HashMap;
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

    /// Without Kafka's settings, which may hold a password.
    @Override
    public String toString() {
        return "UpPlan[" + where + "]";
    }

    /// Configuration of each app.
    ///
    /// @param collector takes the settings of its Kafka client, which are known only once the broker runs
    record Apps(
            Function<Map<String, String>, CollectorConfig> collector,
            DetectorConfig detector,
            EnricherConfig enricher,
            SinksConfig sinks,
            HealthConfig health,
            DiskConfig disk) {}

    /// Reads the plan from the options; the detector keeps its state under `directory`.
    ///
    /// @throws dev.tiercel.service.SettingsException naming every invalid setting
    static UpPlan of(SettingsOptions options, Path directory, RuleSources rules, SourceOptions sources, Where where) {
        String state = directory.resolve("collector").toString();
        Settings read = options.read(
                Map.of("detector.state-dir", directory.resolve("detector").toString(), "collector.state-dir", state),
                "registry.");
        CollectorConfig.from(read);
        Function<Map<String, String>, CollectorConfig> collector =
                kafka -> CollectorConfig.from(options.read(collectorSettings(kafka, state)));
        Apps apps = new Apps(
                collector,
                DetectorConfig.from(read),
                sources.added(EnricherConfig.from(read)),
                SinksConfig.from(read).with(where.sinks()),
                HealthConfig.from(read),
                DiskConfig.from(read));
        Map<String, String> kafka = read.kafka();
        read.requireValid();
        return new UpPlan(apps, kafka, rules, where, read.describe());
    }

    private static Map<String, String> collectorSettings(Map<String, String> kafka, String stateDirectory) {
        Map<String, String> settings = new HashMap<>();
        kafka.forEach((key, value) -> settings.put("kafka." + key, value));
        settings.put("collector.state-dir", stateDirectory);
        return settings;
    }

    /// Addresses, access, input and output.
    ///
    /// @param insecure  any process on this machine may do anything, without a password
    /// @param port      Kafka's; empty: the default, or any free port
    /// @param registryPort the schema registry's; empty: the default, or any free port
    /// @param recording read instead of the kernel
    /// @param sinks     sinks file; empty: that of the settings, if any
    record Where(
            OptionalInt port,
            OptionalInt registryPort,
            boolean insecure,
            Optional<Path> recording,
            AlertLine line,
            Optional<Path> sinks) {}

    /// Compiles the user's rules, so that mistakes show before anything starts; the default rules are known to compile.
    ///
    /// @return the errors, and which rules are hidden by others
    List<Diagnostic> ruleFindings() {
        if (rules.paths().isEmpty()) return List.of();
        return RuleCompiler.compile(rules.read(), detector().judging().compileOptions()).diagnostics().stream()
                .filter(found -> found.severity() == Severity.ERROR || found.code() == Code.RULE_HIDDEN)
                .toList();
    }

    /// @param kafka settings of its Kafka client
    CollectorConfig collector(Map<String, String> kafka) {
        CollectorConfig live = apps.collector().apply(kafka);
        return recording().isPresent() ? live.ofRecording() : live;
    }

    DetectorConfig detector() {
        return apps.detector();
    }

    EnricherConfig enricher() {
        return apps.enricher();
    }

    SinksConfig sinks() {
        return apps.sinks();
    }

    HealthConfig health() {
        return apps.health();
    }

    DiskConfig disk() {
        return apps.disk();
    }

    OptionalInt port() {
        return where.port();
    }

    OptionalInt registryPort() {
        return where.registryPort();
    }

    boolean insecure() {
        return where.insecure();
    }

    Optional<Path> recording() {
        return where.recording();
    }

    AlertLine line() {
        return where.line();
    }
}
