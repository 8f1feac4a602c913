package dev.tiercel.cli.rules;

import dev.tiercel.cli.output.Console;
import dev.tiercel.cli.output.ExitCode;
import dev.tiercel.cli.settings.BrokerOption;
import dev.tiercel.cli.settings.RegistryOption;
import dev.tiercel.cli.settings.SettingsOptions;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.detector.publication.RulePublisher;
import dev.tiercel.registry.RestRegistry;
import dev.tiercel.registry.RestRegistryConfig;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.schemas.SchemaRegistry;
import dev.tiercel.service.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Publishes rules to all detectors of a cluster.
@Command(
        name = "publish",
        description = {
            "Publish the rules (the defaults, or --rules) on topic rules, for every detector of the cluster.",
            "Rules that do not compile are refused with their positions, and what is in force stays; exits 1."
        })
final class RulesPublishCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private BrokerOption broker = new BrokerOption();

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Mixin
    private RuleOptions rules = new RuleOptions();

    @Override
    public Integer call() {
        Settings read = broker.settings(settings, "health.", "topics.", "disk.");
        Map<String, String> kafka = read.kafka();
        RestRegistryConfig config = registry.config(read);
        DetectorConfig detector = DetectorConfig.from(read);
        read.requireValid();
        List<RuleFile> files = rules.sources().read();
        try (SchemaRegistry schemas = RestRegistry.open(config);
                RulePublisher publisher = new RulePublisher(
                        kafka, schemas, detector.judging().compileOptions(), "tiercel rules publish")) {
            return report(publisher.publish(files));
        }
    }

    private int report(RulePublisher.Outcome outcome) {
        Console console = new Console(spec.commandLine().getErr());
        switch (outcome) {
            case RulePublisher.Outcome.Published published -> {
                published.warnings().stream().map(Diagnostic::summary).forEach(console::print);
                print("published %s, version %s", published.rules(), published.version());
            }
            case RulePublisher.Outcome.Unchanged same ->
                print("unchanged: %s, version %s", same.rules(), same.version());
            case RulePublisher.Outcome.Refused refused -> {
                refused.errors().stream().map(Diagnostic::text).forEach(console::print);
                return ExitCode.CHECK_FAILED.number();
            }
        }
        return ExitCode.SUCCESS.number();
    }

    private void print(String text, int rules, String version) {
        spec.commandLine().getOut().println(text.formatted(Console.counted(rules, "rule"), version));
        spec.commandLine().getOut().flush();
    }
}
