package dev.tiercel.detector;

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

/// What can be set about a detector.
///
/// @param applicationId instances with the same one share the work
/// @param stateDir      one instance at a time; keeps the instance's name over restarts
/// @param commitInterval how often alerts become visible to read_committed consumers
public record DetectorConfig(
        String applicationId, int threads, Path stateDir, Duration commitInterval, Judging judging, Format format) {
    private static final String SELECT = "detector.select";
    private static final String APPEND = "detector.append-output";
    private static final String STATIC = "detector.static-fields";

    /// Which rules judge, and what is added to what they say.
    ///
    /// @param staticFields constants that rules see as `static.NAME`
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

        /// The same, as the compiler wants it.
        public CompileOptions compileOptions() {
            return CompileOptions.defaults()
                    .withMinimumPriority(minimumPriority)
                    .withMatching(matching)
                    .withSelections(selections)
                    .withExtraOutputs(extraOutputs)
                    .withStaticFields(staticFields);
        }
    }

    /// How alerts are written.
    public record Format(boolean iso8601, AlertJson.Include include) {
        /// Lines of text, with times of day in `zone`.
        public AlertText text(ZoneId zone) {
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
                        "Directory of this instance alone; keeps its identity over restarts."),
                settings.duration(
                        "detector.commit-interval",
                        Duration.ofMillis(30),
                        "How often alerts are committed, and so how late consumers may see them."),
                judging(settings),
                format(settings));
    }

    private static Judging judging(Settings settings) {
        return new Judging(
                settings.oneOf("detector.minimum-priority", Priority.DEBUG, "Less urgent rules are not loaded."),
                settings.oneOf(
                        "detector.rule-matching",
                        RuleMatching.FIRST,
                        "Whether an event raises an alert for the first rule it matches, or for all."),
                selections(
                        settings,
                        settings.list(
                                SELECT,
                                List.of(),
                                "Rules switched on or off, in order: `disable tag=network, enable rule=Read*`.")),
                extraOutputs(
                        settings,
                        settings.text(
                                APPEND, "", "Text and fields added to outputs: Falco's `append_output`, as JSON.")),
                staticFields(
                        settings,
                        settings.list(
                                STATIC, List.of(), "Constants for rules and alerts, `NAME=VALUE`: `static.NAME`.")));
    }

    private static Format format(Settings settings) {
        return new Format(
                settings.flag(
                        "detector.time-format-iso-8601",
                        false,
                        "Print date and time in UTC, not the local time of day."),
                new AlertJson.Include(
                        settings.flag("detector.json-include-output-property", true, "Key output in alerts.json."),
                        settings.flag("detector.json-include-message-property", false, "Key message in alerts.json."),
                        settings.flag(
                                "detector.json-include-output-fields-property",
                                true,
                                "Key output_fields in alerts.json."),
                        settings.flag("detector.json-include-tags-property", true, "Key tags in alerts.json.")));
    }

    private static List<RuleSelection> selections(Settings settings, List<String> written) {
        List<RuleSelection> selections = new ArrayList<>();
        for (String item : written) {
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

    private static List<ExtraOutput> extraOutputs(Settings settings, String written) {
        try {
            return AppendOutput.parse(written);
        } catch (IllegalArgumentException e) {
            settings.problem(APPEND, String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private static Map<String, String> staticFields(Settings settings, List<String> written) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String item : written) {
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
