package dev.tiercel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    void canBeHidden() {
        assertThat(Shared.path(".", "none")).isEmpty();
        assertThat(Shared.path("ci", ".")).isEmpty();
        assertThat(Shared.path("testkit", ".")).contains(Checkout.root().resolve("testkit"));
    }
}
