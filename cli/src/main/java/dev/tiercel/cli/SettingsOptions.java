package dev.tiercel.cli;

import dev.tiercel.service.Settings;
import dev.tiercel.service.SettingsSources;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/// Where settings come from: files, then variables `TIERCEL_…`, then `--set`; the command's own options win over all.
final class SettingsOptions {
    /// What the launcher and the tests read.
    private static final String[] NO_SETTINGS = {
        "TIERCEL_HOME",
        "TIERCEL_JAVA_HOME",
        "TIERCEL_JAVA_OPTIONS",
        "TIERCEL_NO_TRAINING",
        "TIERCEL_REQUIRE",
        "TIERCEL_SHARED"
    };

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Read settings (key = value) from a file; may be repeated, later ones win.")
    private List<Path> files = List.of();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One setting; wins over files and environment.")
    private List<String> assignments = List.of();

    /// The settings, with `decided` (what the command itself determines) above everything.
    ///
    /// @param foreign prefixes of keys that may be there for other commands
    Settings read(Map<String, String> decided, String... foreign) {
        SettingsSources sources = Settings.from().environment(System.getenv()).ignoringEnvironment(NO_SETTINGS);
        files.forEach(sources::file);
        assignments.forEach(sources::set);
        decided.forEach((key, value) -> sources.set(key + "=" + value));
        Settings settings = sources.read();
        for (String prefix : foreign) settings.foreign(prefix);
        return settings;
    }
}
