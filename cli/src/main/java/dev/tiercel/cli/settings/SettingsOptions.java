package dev.tiercel.cli.settings;

import dev.tiercel.service.Settings;
import dev.tiercel.service.SettingsSources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// Sources of settings: files, then variables `TIERCEL_…`, then `--set`; the command's own options override them all.
public final class SettingsOptions {
    /// What the launcher and the tests read.
    private static final String[] NO_SETTINGS = {
        "TIERCEL_HOME",
        "TIERCEL_JAVA_HOME",
        "TIERCEL_JAVA_OPTIONS",
        "TIERCEL_NO_TRAINING",
        "TIERCEL_REQUIRE",
        "TIERCEL_SHARED"
    };

    /// Prefixes of the keys of each part, which a command ignores unless it reads one of them.
    private static final List<String> PARTS = List.of("collector.", "detector.", "enricher.", "sinks.");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read settings (key = value) from FILE; repeatable, later files win.")
    private List<Path> files = List.of();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Set one setting; overrides files and environment.")
    private List<String> assignments = List.of();

    /// Those variables that are settings.
    static SettingsSources environment(Map<String, String> variables) {
        return Settings.from().environment(variables).ignoringEnvironment(NO_SETTINGS);
    }

    /// The settings; `decided`, set by the command itself, overrides everything.
    ///
    /// @param foreign prefixes of other keys that belong to other commands and are ignored
    public Settings read(Map<String, String> decided, String... foreign) {
        return readFrom("--set", decided, foreign);
    }

    /// The same.
    ///
    /// @param source where the command has `decided` from, for `--print-config`
    Settings readFrom(String source, Map<String, String> decided, String... foreign) {
        SettingsSources sources = environment(System.getenv());
        files.forEach(sources::file);
        assignments.forEach(sources::set);
        decided.forEach((key, value) -> sources.set(key, value, source));
        Settings settings = sources.read();
        PARTS.forEach(settings::part);
        for (String prefix : foreign) settings.foreign(prefix);
        return settings;
    }
}
