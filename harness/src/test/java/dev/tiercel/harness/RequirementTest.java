package dev.tiercel.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class RequirementTest {
    private static final Pattern OTHER_WAYS_TO_SKIP = Pattern.compile(
            "\\bAssumptions\\b|\\bnew TestAbortedException\\b|\\bassum(e|ing)(That|True|False)\\b|@(Enabled|Disabled)(If|On|For)?");

    @Test
    void skipsWhatIsMissingAndNotRequired() {
        assertThatThrownBy(() -> Requirement.DOCKER.check(false, "no engine answers", Set.of(Requirement.KERNEL)))
                .isInstanceOf(TestAbortedException.class)
                .hasMessage("needs docker: no engine answers");
    }

    @Test
    void failsWhatIsMissingAndRequired() {
        assertThatThrownBy(() -> Requirement.DOCKER.check(false, "no engine answers", Set.of(Requirement.DOCKER)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("needs docker: no engine answers (TIERCEL_REQUIRE forbids to skip this)");
    }

    @Test
    void passesWhatIsThere() {
        assertThatCode(() -> Requirement.DOCKER.check(true, "no engine answers", Set.of(Requirement.DOCKER)))
                .doesNotThrowAnyException();
    }

    @Test
    void readsTheListOfKinds() {
        assertThat(Requirement.required(null)).isEmpty();
        assertThat(Requirement.required("")).isEmpty();
        assertThat(Requirement.required("none")).isEmpty();
        assertThat(Requirement.required("kernel, docker,shared"))
                .containsExactlyInAnyOrder(Requirement.KERNEL, Requirement.DOCKER, Requirement.SHARED);
        assertThatThrownBy(() -> Requirement.required("kernel,dokcer"))
                .hasMessage(
                        "TIERCEL_REQUIRE names 'dokcer'; known kinds: [kernel, docker, stack, shared, amd64, tools]");
    }

    @Test
    void isTheOnlyWayToSkipATest() throws IOException {
        Path root = Path.of("..").toRealPath();
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(RequirementTest::isTestSource)
                            .filter(file ->
                                    OTHER_WAYS_TO_SKIP.matcher(text(file)).find())
                            .map(root::relativize))
                    .isEmpty();
        }
    }

    private static boolean isTestSource(Path file) {
        String path = file.toString();
        return path.endsWith(".java") && path.contains("/src/") && !path.contains("/target/") && !isOurs(file);
    }

    private static boolean isOurs(Path file) {
        return file.endsWith("Requirement.java") || file.endsWith("RequirementTest.java");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
