package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.settings.TopicsConfig;
import dev.tiercel.collector.CollectorConfig;
import dev.tiercel.detector.DetectorConfig;
import dev.tiercel.enricher.EnricherConfig;
import dev.tiercel.registry.RegistryServerConfig;
import dev.tiercel.service.DiskConfig;
import dev.tiercel.service.HealthConfig;
import dev.tiercel.service.Settings;
import dev.tiercel.sinks.SinksConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The settings tables in docs/operating.md agree with the code. `-Dgolden.update` rewrites them.
class OperatingGuideTest {
    private static final Path GUIDE = Machine.root("docs/operating.md");
    private static final Map<String, Consumer<Settings>> APPS = Map.of(
            "collector", CollectorConfig::from,
            "detector", DetectorConfig::from,
            "enricher", EnricherConfig::from,
            "sinks", SinksConfig::from,
            "health", HealthConfig::from,
            "disk", DiskConfig::from,
            "topics", TopicsConfig::from,
            "schemas", RegistryServerConfig::from);

    @Test
    void listsEverySettingWithItsDefault() throws IOException {
        String written = Files.readString(GUIDE);
        String expected = written;
        for (Map.Entry<String, Consumer<Settings>> app : APPS.entrySet()) {
            expected = replaceTable(expected, app.getKey(), table(app.getValue()));
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GUIDE, expected);
        } else {
            assertThat(written).isEqualTo(expected);
        }
    }

    private static String table(Consumer<Settings> from) {
        Settings settings = Settings.of(Map.of());
        from.accept(settings);
        return settings.markdown();
    }

    private static String replaceTable(String guide, String app, String table) {
        String mark = "<!-- settings: " + app + " -->\n";
        int start = guide.indexOf(mark) + mark.length();
        int end = guide.indexOf("\n#", start);
        return guide.substring(0, start) + "\n" + table + guide.substring(end);
    }
}
