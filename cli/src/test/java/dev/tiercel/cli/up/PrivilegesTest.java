package dev.tiercel.cli.up;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.cli.Run;
import dev.tiercel.harness.Requirement;
import dev.tiercel.testkit.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Help, `doctor`, documents and the unit file name the same privileges.
class PrivilegesTest {
    private static final Pattern CAPABILITY = Pattern.compile("\\bCAP_[A-Z_]+");
    private static final Set<String> REQUIRED = capabilities(Privileges.REQUIRED);
    private static final Set<String> ALL = capabilities(Privileges.REQUIRED + " " + Privileges.OPTIONAL);
    private static final String UNIT = "packaging/systemd/tiercel-collect.service";

    private static Set<String> capabilities(String text) {
        return CAPABILITY.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    private static String read(String file) throws IOException {
        return Files.readString(Checkout.root().resolve(file));
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/operating.md", UNIT})
    void documentsNameNoOthers(String file) throws IOException {
        assertThat(capabilities(read(file))).isSubsetOf(ALL).containsAll(REQUIRED);
    }

    @Test
    void theGuideAndTheUnitNameTheOptionalOneToo() throws IOException {
        assertThat(capabilities(read("docs/operating.md"))).isEqualTo(ALL);
        assertThat(read(UNIT).lines().filter(line -> line.matches("(AmbientCapabilities|CapabilityBoundingSet)=.*")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(capabilities(line)).isEqualTo(ALL));
    }

    @Test
    void helpNamesThoseThatAreRequired() {
        assertThat(capabilities(Run.of("collect", "--help").out())).isEqualTo(REQUIRED);
    }

    @Test
    void theSectionExists() throws IOException {
        String[] place = Privileges.DOCUMENT.split(", section ", -1);
        assertThat(read(place[0])).contains("\n## " + place[1] + "\n");
    }

    @Test
    void systemdAcceptsTheUnit(@TempDir Path folder) throws Exception {
        Requirement.TOOLS.check(Run.isInstalled("systemd-analyze"), "no systemd-analyze");
        String unit = read(UNIT).replace("/opt/tiercel", Checkout.root().toString());
        Path copy = Files.writeString(folder.resolve("tiercel-collect.service"), unit);
        Process verify = new ProcessBuilder("systemd-analyze", "verify", "--man=no", copy.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(verify.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(verify.waitFor()).as(said).isZero();
        assertThat(said.lines().filter(line -> line.contains(copy.getFileName().toString()))).isEmpty();
    }
}
