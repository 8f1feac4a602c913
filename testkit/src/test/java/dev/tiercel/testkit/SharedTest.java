package dev.tiercel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedTest {
    @Test
    void isTheFolderThatTheVariableNames(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("a.yaml"), "");
        assertThat(Shared.path("a.yaml", folder.toString())).contains(file);
        assertThat(Shared.path("b.yaml", folder.toString())).isEmpty();
    }

    @Test
    void noTestDoesSomethingElseWhereItIsMissing() throws IOException {
        List<Path> users = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Checkout.root())) {
            for (Path file : files.filter(
                            path -> path.toString().endsWith("Test.java") && !path.endsWith("SharedTest.java"))
                    .toList()) {
                if (Files.readString(file).contains("Shared.path(")) users.add(file);
            }
        }
        assertThat(users).isEmpty();
    }

    @Test
    void canBeHidden() {
        assertThat(Shared.path(".", "none")).isEmpty();
        assertThat(Shared.path("ci", ".")).isEmpty();
        assertThat(Shared.path("testkit", ".")).contains(Checkout.root().resolve("testkit"));
    }
}
