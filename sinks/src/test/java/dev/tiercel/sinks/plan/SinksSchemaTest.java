package dev.tiercel.sinks.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tiercel.rules.Diagnostic;
import dev.tiercel.testkit.Checkout;
import dev.tiercel.testkit.Golden;
import dev.tiercel.testkit.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SinksSchemaTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(outputs:\n.*?)```", Pattern.DOTALL);
    private static final Map<String, String> ENVIRONMENT =
            Map.of("SOC_URL", "https://soc.example/alerts", "SOC_HMAC_KEY", "key");

    @TempDir
    private Path folder;

    @Test
    void isWhatTheReadersAskFor() {
        Golden.check("sinks-schema.json", SinksSchema.json());
    }

    @Test
    void knowsEveryTypeAndItsKeys() throws IOException {
        JsonNode outputs = new ObjectMapper()
                .readTree(SinksSchema.json())
                .path("properties")
                .path("outputs")
                .path("items")
                .path("oneOf");
        Set<String> types = new TreeSet<>();
        for (JsonNode output : outputs) {
            types.add(output.path("properties").path("type").path("const").asText());
            assertThat(output.path("properties").has("give-up-after")).isTrue();
            assertThat(output.path("required").toString()).contains("\"name\"", "\"type\"");
        }
        assertThat(types).hasSize(outputs.size()).contains("file", "webhook", "opensearch", "kafka");
    }

    /// Secrets that are files there are variables here.
    private static String withoutFiles(String block) {
        return block.replaceAll("url: \\{file: [^}]*}", "url: {env: SOC_URL}")
                .replaceAll("\\{file: [^}]*}", "{env: SOC_HMAC_KEY}");
    }

    /// Each can be copied.
    @Test
    void everyExampleOfTheGuideIsRight() throws Exception {
        for (String name : List.of("ca", "client")) new TestKeys(folder, name, "EC");
        List<String> blocks = BLOCK.matcher(Files.readString(Checkout.root().resolve("docs/sinks.md")))
                .results()
                .map((MatchResult found) -> withoutFiles(found.group(1)))
                .toList();
        assertThat(blocks).hasSizeGreaterThan(15);
        for (String block : blocks) {
            SinksFile file = SinksFile.read("docs/sinks.md", block, folder, ENVIRONMENT);
            assertThat(file.problems()).extracting(Diagnostic::text).as(block).isEmpty();
            file.plan().orElseThrow().close();
        }
    }
}
