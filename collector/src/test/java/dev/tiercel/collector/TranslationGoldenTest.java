package dev.tiercel.collector;

import dev.tiercel.harness.Requirement;
import dev.tiercel.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Records in (`records/*.txt`), batches out (`golden/translation/*.txt`); a new case needs a name here and two files.
class TranslationGoldenTest {
    @ParameterizedTest
    @ValueSource(strings = {"opens", "file-calls", "sockets", "process-life", "containers", "descriptors", "strangers"})
    void becomes(String name, @TempDir Path etc) throws IOException {
        Requirement.AMD64.check(System.getProperty("os.arch").equals("amd64"), "the records have numbers of x86_64");
        Files.writeString(etc.resolve("passwd"), "root:x:0:0:root:/root:/bin/bash\nalice:x:1000:1000::/home/alice:\n");
        Files.writeString(etc.resolve("group"), "root:x:0:\nalice:x:1000:\n");
        try (CycleFixture fixture = new CycleFixture(etc)) {
            RecordText.parse(Files.readString(Path.of("src/test/resources/records", name + ".txt")))
                    .forEach(fixture.source::add);
            Golden.check("translation/" + name + ".txt", fixture.run().dump());
        }
    }
}
