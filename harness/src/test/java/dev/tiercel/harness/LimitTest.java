package dev.tiercel.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

class LimitTest {
    private final List<String> settings = new ArrayList<>();

    @RegisterExtension
    final BeforeEachCallback reader = context -> {
        for (String name : List.of("default", "threaddump.enabled")) {
            settings.add(context.getConfigurationParameter("junit.jupiter.execution.timeout." + name)
                    .orElse("unset"));
        }
    };

    /// The watchdog is on the class path of each module's tests.
    @Test
    void everyModuleWithTestsHasTheHarness() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of("..").toRealPath())) {
            assertThat(modules.filter(module -> Files.isDirectory(module.resolve("src/test/java"))))
                    .hasSizeGreaterThan(10)
                    .allSatisfy(module -> assertThat(Files.readString(module.resolve("pom.xml")))
                            .containsPattern("<artifactId>tiercel-(harness|testkit)</artifactId>"));
        }
    }

    @Test
    void theBuildSetsOneForEveryTest() {
        assertThat(settings).containsExactly("180 s", "true");
    }
}
