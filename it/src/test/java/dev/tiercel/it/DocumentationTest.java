package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the documents say of the tree is so: paths and types exist, files are as long as stated, every module has its
/// page.
class DocumentationTest {
    private static final int README_LINES = 60;
    private static final int ARCHITECTURE_LINES = 110;
    private static final Path ROOT = Machine.root("");
    private static final RepositoryPaths PATHS = RepositoryPaths.of(ROOT);

    private static final Pattern LINK = Pattern.compile("]\\(([^)#\\s]+)[^)]*\\)");
    private static final Pattern PICTURE = Pattern.compile("!\\[(.*?)]\\(");
    private static final Pattern CODE = Pattern.compile("`([\\w.*…-]+(?:/[\\w.*…-]+)+/?)`");
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?:[.(][^`]*)?`");
    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");

    /// A row of the walkthrough: number, file, lines.
    private static final Pattern STEP = Pattern.compile("^\\| \\d+ \\| `([^`]+)` \\| (\\d+) \\|", Pattern.MULTILINE);

    /// Names in documents of what is in no file of its name: types of others, of schemas, and examples.
    private static final Set<String> ELSEWHERE =
            Set.of("ByteBuffer", "HttpSink", "KafkaAvroDeserializer", "RequestResponse", "SyscallEvent");

    static Set<String> modules() throws IOException {
        Set<String> modules = names(MODULE, read("pom.xml")).collect(Collectors.toCollection(TreeSet::new));
        modules.add("probe-c");
        return modules;
    }

    static Stream<String> documents() {
        return Stream.of("*.md", "docs/*.md", "*/README.md").flatMap(pattern -> PATHS.find(pattern).stream());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadSomewhere(String document) throws IOException {
        Path file = ROOT.resolve(document);
        assertThat(names(LINK, read(document)).filter(link -> !link.contains("://")))
                .allSatisfy(link -> assertThat(file.resolveSibling(link)).exists());
    }

    /// For those who cannot see them, and in a terminal.
    @ParameterizedTest
    @MethodSource("documents")
    void picturesAreDescribed(String document) throws IOException {
        assertThat(names(PICTURE, read(document)))
                .allSatisfy(text -> assertThat(text).hasSizeGreaterThan(40));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void pathsExist(String document) throws IOException {
        String folder = document.substring(0, document.lastIndexOf('/') + 1);
        String module = folder.equals("docs/") ? "" : folder;
        assertThat(names(CODE, read(document))
                        .filter(path -> isPath(module, path))
                        .filter(path -> find(module, path).isEmpty()))
                .isEmpty();
    }

    /// In a module's page, paths may begin anywhere in the module.
    private static List<String> find(String module, String path) {
        List<String> found = PATHS.find(path);
        return found.isEmpty() && !module.isEmpty() ? PATHS.findBelow(module, path) : found;
    }

    /// Not everything with a slash is a path of ours: `events/s`, `proc/PID/fd`, `./tiercel`.
    private static boolean isPath(String module, String code) {
        String first = code.substring(0, code.indexOf('/'));
        if (Set.of(".", "..").contains(first)) {
            return false;
        }
        return code.endsWith(".java")
                || first.equals("…")
                || Files.exists(ROOT.resolve(first))
                || (!module.isEmpty() && PATHS.hasFolder(module, first));
    }

    @ParameterizedTest
    @MethodSource("documents")
    void typesExist(String document) throws IOException {
        assertThat(names(TYPE, read(document))
                        .filter(type -> !type.startsWith("Foo") && !ELSEWHERE.contains(type))
                        .filter(type -> !PATHS.hasFile(type)))
                .isEmpty();
    }

    @Test
    void theWalkthroughCountsLinesAsTheyAre() throws IOException {
        List<MatchResult> steps =
                STEP.matcher(read("docs/walkthrough.md")).results().toList();
        assertThat(steps).hasSizeGreaterThan(20).allSatisfy(step -> {
            List<String> found = PATHS.find(step.group(1));
            assertThat(found).as(step.group(1)).hasSize(1);
            int lines = read(found.getFirst()).split("\n", -1).length - 1;
            assertThat(Integer.parseInt(step.group(2)))
                    .as(step.group(1))
                    .isCloseTo(lines, Percentage.withPercentage(20));
        });
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleHasAShortPageAndARowInTheTable(String module) throws IOException {
        assertThat(read(module + "/README.md").lines()).hasSizeLessThanOrEqualTo(README_LINES);
        assertThat(read("ARCHITECTURE.md").lines()).anyMatch(line -> line.startsWith("| `" + module + "/` | "));
    }

    @Test
    void theArchitectureIsOnePage() throws IOException {
        assertThat(read("ARCHITECTURE.md").lines()).hasSizeLessThanOrEqualTo(ARCHITECTURE_LINES);
    }

    private static Stream<String> names(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1));
    }

    private static String read(String path) throws IOException {
        return Files.readString(ROOT.resolve(path));
    }
}
