package dev.tiercel.detector;

import dev.tiercel.detector.correlate.CorrelationConfig;
import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.RuleMatching;
import dev.tiercel.rules.RuleSelection;
import dev.tiercel.rules.output.ExtraOutput;
import dev.tiercel.rules.yaml.Priority;
import dev.tiercel.service.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Configuration of a detector.
///
/// @param applicationId instances with the same id share the work
/// @param stateDir      used by one instance at a time; keeps the instance's id across restarts
/// @param commitInterval longest time until an alert is committed, so that read_committed consumers see it
/// @param metadataWait  longest time that an event waits for what a watched cluster knows of its pod; zero: none
/// waits
public record DetectorConfig(
        String applicationId,
        int threads,
        Path stateDir,
        Duration commitInterval,
        Judging judging,
        AlertOptions format,
        Duration metadataWait,
        CorrelationConfig correlations) {
    private static final String METADATA_WAIT = "detector.metadata-wait";
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final String SELECT = "detector.select";
    private static final String APPEND = "detector.append-output";
    private static final String STATIC = "detector.static-fields";

    /// Which rules are loaded, and what is added to their outputs.
    ///
    /// @param staticFields constants available to rules as `static.NAME`
    public record Judging(
            Priority minimumPriority,
            RuleMatching matching,
            List<RuleSelection> selections,
            List<ExtraOutput> extraOutputs,
            Map<String, String> staticFields) {
        public Judging {
            selections = List.copyOf(selections);
            extraOutputs = List.copyOf(extraOutputs);
            staticFields = Map.copyOf(staticFields);
        }

        /// As options of the rule compiler.
        public CompileOptions compileOptions() {
            return CompileOptions.defaults()
                    .withMinimumPriority(minimumPriority)
                    .withMatching(matching)
                    .withSelections(selections)
                    .withExtraOutputs(extraOutputs)
                    .withStaticFields(staticFields);
        }
    }

    /// How alerts are rendered.
    public record AlertOptions(boolean iso8601, AlertJson.Include include) {
        /// Renders lines of text, with times of day in `zone`.
        AlertText text(ZoneId zone) {
            return new AlertText(iso8601, zone);
        }
    }

    /// Reads the `detector.*` keys.
    public static DetectorConfig from(Settings settings) {
        return new DetectorConfig(
                settings.text(
                        "detector.application-id",
                        "tiercel-detector",
                        "Kafka group and transaction prefix; instances with the same id share the work."),
                settings.integer("detector.threads", 1, 1, 64, "Stream threads of this instance."),
                settings.path(
                        "detector.state-dir",
                        Path.of("/var/lib/tiercel/detector"),
                        "State directory of this instance; must not be shared. Keeps its identity across restarts."),
                settings.duration(
                        "detector.commit-interval",
                        Duration.ofMillis(30),
                        "Longest time between a match and the commit that lets consumers see the alert; in a backlog as long as its events have waited, up to a second."),
                judging(settings),
                format(settings),
                metadataWait(settings),
                CorrelationConfig.from(settings));
    }

    private static Judging judging(Settings settings) {
        return new Judging(
                settings.oneOf("detector.minimum-priority", Priority.DEBUG, "Rules of lower priority are not loaded."),
                settings.oneOf(
                        "detector.rule-matching",
                        RuleMatching.FIRST,
                        "Whether an event raises an alert for the first matching rule only, or for all."),
                selections(
                        settings,
                        settings.list(
                                SELECT,
                                List.of(),
                                "Rules to enable or disable, in order: `disable tag=network, enable rule=Read*`.")),
                extraOutputs(
                        settings,
                        settings.text(
                                APPEND, "", "Text and fields added to outputs: Falco's `append_output`, as JSON.")),
                staticFields(
                        settings,
                        settings.list(
                                STATIC, List.of(), "Constants for rules and alerts, `NAME=VALUE`: `static.NAME`.")));
    }

    private static AlertOptions format(Settings settings) {
        return new AlertOptions(
                settings.flag(
                        "detector.time-format-iso-8601",
                        false,
                        "Print date and time in UTC instead of the local time of day."),
                new AlertJson.Include(
                        settings.flag(
                                "detector.json-include-output-property", true, "Include key output in alerts.json."),
                        settings.flag(
                                "detector.json-include-message-property", false, "Include key message in alerts.json."),
                        settings.flag(
                                "detector.json-include-output-fields-property",
                                true,
                                "Include key output_fields in alerts.json."),
                        settings.flag(
                                "detector.json-include-tags-property", true, "Include key tags in alerts.json.")));
    }

    private static Duration metadataWait(Settings settings) {
        Duration wait = settings.duration(
                METADATA_WAIT,
                Duration.ofSeconds(5),
                "How long an event in a pod of a watched cluster may wait for the pod's metadata (`0s`: not at all; at most `1m`).");
        if (wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
            settings.problem(METADATA_WAIT, "must be between 0s and 1m");
        }
        return wait;
    }

    private static List<RuleSelection> selections(Settings settings, List<String> items) {
        List<RuleSelection> selections = new ArrayList<>();
        for (String item : items) {
            String[] words = item.split("[ =]+", 3);
            boolean known = words.length == 3 && (words[0].equals("enable") || words[0].equals("disable"));
            if (known && words[1].equals("rule")) {
                selections.add(new RuleSelection.ByName(words[0].equals("enable"), words[2]));
            } else if (known && words[1].equals("tag")) {
                selections.add(new RuleSelection.ByTag(words[0].equals("enable"), words[2]));
            } else {
                settings.problem(SELECT, "'%s' must be enable|disable rule=GLOB|tag=TAG".formatted(item));
            }
        }
        return selections;
    }

    private static List<ExtraOutput> extraOutputs(Settings settings, String json) {
        try {
            return AppendOutput.parse(json);
        } catch (IllegalArgumentException e) {
            settings.problem(APPEND, String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private static Map<String, String> staticFields(Settings settings, List<String> items) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String item : items) {
            String[] parts = item.split("=", 2);
            if (parts.length == 2 && parts[0].matches("[A-Za-z][A-Za-z0-9_]*")) {
                fields.put(parts[0], parts[1]);
            } else {
                settings.problem(STATIC, "'%s' must be NAME=VALUE".formatted(item));
            }
        }
        return fields;
    }
}
