package dev.tiercel.ruletools.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tiercel.rules.CompileOptions;
import dev.tiercel.rules.DefaultRules;
import dev.tiercel.rules.RuleCompiler;
import dev.tiercel.rules.RuleFile;
import dev.tiercel.rules.RuleSet;
import dev.tiercel.testkit.Corpus;
import dev.tiercel.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesFormatTest {

    private static final Path MIXED = Path.of("src/test/resources/golden/format/mixed.yaml");

    @Test
    void oneLayoutForAll() throws IOException {
        RulesFormat.Formatted formatted = format(Files.readString(MIXED));
        assertThat(formatted.problems()).isEmpty();
        Golden.check("format/mixed.txt", formatted.text());
        assertThat(format(formatted.text()).text()).isEqualTo(formatted.text());
        assertThat(comments(formatted.text())).containsExactlyInAnyOrderElementsOf(comments(Files.readString(MIXED)));
    }

    @TestFactory
    Stream<DynamicTest> defaultRulesMeanTheSame() {
        return DefaultRules.files().stream().map(file -> dynamicTest(file.name(), () -> meansTheSame(file)));
    }

    @ParameterizedTest
    @EnumSource(Corpus.class)
    void realFilesMeanTheSame(Corpus corpus) throws IOException {
        for (List<Path> files : List.of(corpus.syscallRules(), corpus.pluginRules())) {
            for (Path file : files) {
                meansTheSame(new RuleFile(file.getFileName().toString(), Files.readString(file)));
            }
        }
    }

    private static void meansTheSame(RuleFile file) {
        RulesFormat.Formatted formatted = RulesFormat.format(file);
        RuleFile after = new RuleFile(file.name(), formatted.text());
        assertThat(formatted.problems()).as(file.name()).isEmpty();
        assertThat(RulesFormat.format(after).text()).isEqualTo(formatted.text());
        assertThat(comments(after.content())).containsExactlyInAnyOrderElementsOf(comments(file.content()));
        assertThat(hash(after)).as(file.name()).isEqualTo(hash(file));
    }

    @Test
    void ourRulesTogetherHaveTheSameHash() {
        List<RuleFile> formatted = DefaultRules.files().stream()
                .map(file -> new RuleFile(file.name(), RulesFormat.format(file).text()))
                .toList();
        assertThat(RuleCompiler.compile(formatted, CompileOptions.defaults())
                        .ruleSet()
                        .orElseThrow()
                        .hash())
                .isEqualTo(RuleCompiler.compile(DefaultRules.files(), CompileOptions.defaults())
                        .ruleSet()
                        .orElseThrow()
                        .hash());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rule: x", "[{list: a, items: []}]", "- list: [", "- a\n--- \nb\n"})
    void whatIsNoRulesFileStays(String content) {
        RulesFormat.Formatted formatted = format(content);
        assertThat(formatted.text()).isEqualTo(content);
        assertThat(formatted.problems()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = \"x  \\\" y\"  and   b  in (c,d)",
                "proc.env[a,b] = x",
                "fd.name glob /[a-z]*,",
                "not(a)and(b)",
                "val(a) = 'x' or x",
                "((",
                ")) and",
                "and or not",
            })
    void layoutChangesBlanksOnly(String condition) {
        ConditionLayout layout = ConditionLayout.of(condition);
        assertThat(blankless(layout.flat())).isEqualTo(blankless(condition));
        for (int width : List.of(1, 8, 20)) {
            String laidOut = String.join("\n", layout.lines(width));
            assertThat(ConditionLayout.of(laidOut).flat()).isEqualTo(layout.flat());
        }
    }

    private static String blankless(String text) {
        return text.replaceAll("\\s", "");
    }

    private static RulesFormat.Formatted format(String content) {
        return RulesFormat.format(new RuleFile("rules.yaml", content));
    }

    /// What stands after each `#` that a blank or nothing comes before.
    private static List<String> comments(String text) {
        return text.lines()
                .map(line -> (" " + line).replaceFirst("^.*?[ \\t]#", "#"))
                .filter(line -> line.startsWith("#"))
                .map(String::strip)
                .toList();
    }

    private static String hash(RuleFile file) {
        return RuleCompiler.compile(List.of(file), CompileOptions.defaults())
                .ruleSet()
                .map(RuleSet::hash)
                .orElse("refused");
    }
}
