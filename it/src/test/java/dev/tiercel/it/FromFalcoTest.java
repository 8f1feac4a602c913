package dev.tiercel.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tiercel.schemas.Topic;
import dev.tiercel.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// docs/from-falco.md leaves out no option of Falco, and what it names of ours exists: settings, commands with their
/// options, metrics, topics.
class FromFalcoTest {
    private static final Path ROOT = Machine.root("");
    private static final Path HELP = ROOT.resolve("cli/src/test/resources/golden/help");

    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern SETTING =
            Pattern.compile("`((?:collector|detector|health|disk|topics|registry)\\.[a-z0-9.-]+)`");
    private static final Pattern DECLARED = Pattern.compile("^\\| `([a-z0-9.-]+)` \\|", Pattern.MULTILINE);
    private static final Pattern METRIC = Pattern.compile("`((?:tiercel|detector)(?:_[a-z]+)+)`");
    private static final Pattern TOPIC = Pattern.compile("topic `([^`]+)`");
    private static final Pattern COMMAND = Pattern.compile(
            "(?:tiercel )?((?:rules|alerts|events|sensors) [a-z]+|up|collect|detect|replay|record|doctor)((?: .*)?)");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
    private static final Pattern PLACE = Pattern.compile("\\[.*?]|[:= ].*|\\\\.*");

    @Test
    void everyOptionOfFalcoIsNamed() {
        List<String> options =
                read("it/src/test/resources/falco-options.txt").lines().toList();
        assertThat(falcoNames())
                .containsAll(
                        options.stream().filter(line -> !line.startsWith("#")).toList());
    }

    @Test
    void settingsExist() {
        Set<String> declared = groups(DECLARED, read("docs/operating.md")).collect(Collectors.toSet());
        assertThat(groups(SETTING, page())).hasSizeGreaterThan(20).isSubsetOf(declared);
    }

    @Test
    void commandsHaveTheOptionsNamed() {
        List<MatchResult> commands = groups(CODE, page())
                .map(COMMAND::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.toMatchResult())
                .toList();
        assertThat(commands).hasSizeGreaterThan(20).allSatisfy(command -> {
            String help = text(HELP.resolve(command.group(1).replace(' ', '-') + ".txt"));
            assertThat(optionsIn(help)).containsAll(optionsIn(command.group(2)));
        });
    }

    @Test
    void optionsNamedAloneExist() {
        Set<String> known = RepositoryPaths.of(HELP).find("*.txt").stream()
                .map(file -> HELP.resolve(file))
                .flatMap(file -> optionsIn(text(file)).stream())
                .collect(Collectors.toSet());
        assertThat(rows().map(row -> row.get(1))
                        .flatMap(cell -> groups(CODE, cell))
                        .flatMap(span -> optionsIn(span).stream()))
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @Test
    void metricsExist() {
        String registered = Stream.of(
                        "collector/src/main/java/dev/tiercel/collector/Collector.java",
                        "detector-streams/src/main/java/dev/tiercel/detector/DetectorMetrics.java",
                        "detector-streams/src/main/java/dev/tiercel/detector/Detector.java")
                .map(file -> text(ROOT.resolve(file)))
                .collect(Collectors.joining());
        assertThat(groups(METRIC, page())
                        .map(name -> name.replaceAll("_total$", "").replace('_', '.')))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(registered).contains('"' + name + '"'));
    }

    @Test
    void topicsExist() {
        Set<String> names = Topics.all().stream().map(Topic::name).collect(Collectors.toSet());
        assertThat(groups(TOPIC, page())).isNotEmpty().isSubsetOf(names);
    }

    /// The names in first columns. One that begins with a dot continues the name before it: `a.b`, `.c` is `a.c`.
    private static List<String> falcoNames() {
        List<String> names = new ArrayList<>();
        rows().map(row -> row.getFirst()).flatMap(cell -> groups(CODE, cell)).forEach(span -> {
            String name = PLACE.matcher(span).replaceAll("");
            names.add(name.startsWith(".") ? sibling(names.getLast(), name) : name);
        });
        return names;
    }

    private static String sibling(String before, String suffix) {
        int dot = before.lastIndexOf('.');
        return before.substring(0, dot) + suffix;
    }

    /// The cells of each row of each table.
    private static Stream<List<String>> rows() {
        return page().lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> List.of(line.substring(2).replace("\\|", "/").split(" \\| | \\|$")));
    }

    private static Set<String> optionsIn(String text) {
        return OPTION.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Stream<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1));
    }

    private static String page() {
        return read("docs/from-falco.md");
    }

    private static String read(String path) {
        return text(ROOT.resolve(path));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
